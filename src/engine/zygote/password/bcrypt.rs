//! bcrypt, as Bun has it: `$2b$`, and a password of more than 72 bytes is hashed by SHA-512 first, where others would
//! read only its beginning.

use std::borrow::Cow;
use std::hint::black_box;

use base64::Engine as _;
use base64::alphabet;
use base64::engine::{DecodePaddingMode, GeneralPurpose, GeneralPurposeConfig};
use blowfish::Blowfish;
use sha2::{Digest, Sha512};

use super::effort::affordable;
use super::{PasswordFault, Result, is_same, random};
use crate::engine::zygote::host::Host;

/// How many bytes of a password count.
const LONGEST: usize = 72;

/// Which costs there are.
const COSTS: std::ops::RangeInclusive<u32> = 4..=31;

/// Costs up to this one take some milliseconds, and nobody asks beforehand.
const CHEAP: u32 = 8;

/// How many rounds are made before the clock is looked at.
const ROUNDS: u32 = 16;

/// How many rounds a sample has; in each a key is expanded twice.
const SAMPLE: u32 = 4;

/// `OrpheanBeholderScryDoubt`, which is encrypted with the key that the rounds make.
const TEXT: [u32; 6] = [
    0x4f72_7068,
    0x6561_6e42,
    0x6568_6f6c,
    0x6465_7253,
    0x6372_7944,
    0x6f75_6274,
];

/// The alphabet of bcrypt's base64, without padding; the last bits do not fill a character.
const BASE64: GeneralPurpose = GeneralPurpose::new(
    &alphabet::BCRYPT,
    GeneralPurposeConfig::new()
        .with_encode_padding(false)
        .with_decode_padding_mode(DecodePaddingMode::RequireNone)
        .with_decode_allow_trailing_bits(true),
);

pub(super) fn hash(host: &Host, password: &[u8], cost: u32) -> Result<String> {
    let salt = random()?;
    let digest = compute(host, password, cost, &salt)?;
    let (salt, digest) = (BASE64.encode(salt), BASE64.encode(digest));
    Ok(format!("$2b${cost:02}${salt}{digest}"))
}

pub(super) fn verify(host: &Host, password: &[u8], hash: &str) -> Result<bool> {
    let (cost, salt, digest) = parts(hash).ok_or(PasswordFault::Encoding)?;
    Ok(is_same(&compute(host, password, cost, &salt)?, &digest))
}

/// Cost, salt and digest of `$2b$10$` and 53 characters, whatever letter stands behind the 2.
fn parts(hash: &str) -> Option<(u32, [u8; 16], Vec<u8>)> {
    let mut fields = hash.strip_prefix("$2")?.split('$');
    let version = fields.next()?;
    let cost = fields.next().filter(|cost| cost.len() == 2)?.parse().ok()?;
    let rest = fields.next().filter(|rest| rest.len() == 53)?;
    let salt = BASE64.decode(rest.get(..22)?).ok()?.try_into().ok()?;
    let digest = BASE64.decode(rest.get(22..)?).ok()?;
    let is_whole = version.len() == 1 && fields.next().is_none() && COSTS.contains(&cost);
    is_whole.then_some((cost, salt, digest))
}

fn compute(host: &Host, password: &[u8], cost: u32, salt: &[u8; 16]) -> Result<[u8; 23]> {
    let mut password = if password.len() > LONGEST {
        Cow::Owned(Sha512::digest(password).to_vec())
    } else {
        Cow::Borrowed(password)
    };
    password.to_mut().push(0);
    let mut state: Blowfish = Blowfish::bc_init_state();
    state.salted_expand_key(salt, &password);
    let mut rounds = |count: u32| {
        for _ in 0..count {
            state.bc_expand_key(&password);
            state.bc_expand_key(salt);
        }
    };
    if cost > CHEAP {
        let mut trial: Blowfish = Blowfish::bc_init_state();
        let sample = || {
            (0..SAMPLE * 2).for_each(|_| trial.bc_expand_key(salt));
            black_box(&trial);
        };
        affordable(host, 1 << cost, SAMPLE, "cost", sample)?;
    }
    for _ in 0..(1_u32 << cost) / ROUNDS {
        rounds(ROUNDS);
        if let Some(limit) = host.clock.check() {
            return Err(PasswordFault::Stopped(limit));
        }
    }
    Ok(sealed(&state))
}

/// The text, encrypted 64 times over; its last byte is left out.
fn sealed(state: &Blowfish) -> [u8; 23] {
    let mut digest = [0; 24];
    for (pair, bytes) in TEXT.chunks_exact(2).zip(digest.chunks_exact_mut(8)) {
        let [left, right] = (0..64).fold([pair[0], pair[1]], |pair, _| state.bc_encrypt(pair));
        bytes[..4].copy_from_slice(&left.to_be_bytes());
        bytes[4..].copy_from_slice(&right.to_be_bytes());
    }
    let mut short = [0; 23];
    short.copy_from_slice(&digest[..23]);
    short
}
