//! Argon2 in its three variants, on memory that the Run's account lends. Its text is that of the PHC:
//! `$argon2id$v=19$m=19456,t=2,p=1$SALT$DIGEST`.

use std::hint::black_box;
use std::mem::{align_of, size_of};
use std::slice;

use argon2::{Algorithm, Argon2, Block, Params, Version};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD_NO_PAD as BASE64;

use super::effort::affordable;
use super::{PasswordFault, Result, is_same, random};
use crate::engine::zygote::host::Host;
use crate::engine::zygote::memory::Account;

/// Bytes of a salt and of a digest, as Bun makes them.
const SALT: usize = 32;
const DIGEST: usize = 32;

/// The longest digest that is verified, in bytes.
const LONGEST: usize = 512;

/// Up to so many KiB in one pass or another nobody asks beforehand: four times what OWASP recommends.
const CHEAP: u64 = 4 * 2 * 19_456;

/// How many KiB a sample fills.
const SAMPLE: u32 = 128;

pub(super) fn hash(
    host: &Host,
    password: &[u8],
    variant: Algorithm,
    memory: u32,
    passes: u32,
) -> Result<String> {
    let params = Params::new(memory, passes, 1, Some(DIGEST));
    let params = params.map_err(|_| PasswordFault::Encoding)?;
    let (salt, mut digest) = (random::<SALT>()?, [0; DIGEST]);
    compute(host, password, variant, params, &salt, &mut digest)?;
    let (salt, digest) = (BASE64.encode(salt), BASE64.encode(digest));
    Ok(format!(
        "${variant}$v=19$m={memory},t={passes},p=1${salt}${digest}"
    ))
}

pub(super) fn verify(host: &Host, password: &[u8], hash: &str) -> Result<bool> {
    let parts = parts(hash).ok_or(PasswordFault::Encoding)?;
    let [memory, passes, lanes] = parts.costs;
    // What no hash can have been made with is a hash of nothing.
    let Ok(params) = Params::new(memory, passes, lanes, Some(parts.digest.len())) else {
        return Ok(false);
    };
    if parts.salt.len() < argon2::MIN_SALT_LEN {
        return Ok(false);
    }
    let mut digest = vec![0; parts.digest.len()];
    compute(
        host,
        password,
        parts.variant,
        params,
        &parts.salt,
        &mut digest,
    )?;
    Ok(is_same(&digest, &parts.digest))
}

struct Parts {
    variant: Algorithm,
    /// Memory in KiB, passes, lanes.
    costs: [u32; 3],
    salt: Vec<u8>,
    digest: Vec<u8>,
}

fn parts(hash: &str) -> Option<Parts> {
    let mut fields = hash.strip_prefix('$')?.split('$').peekable();
    let variant = fields.next()?.parse().ok()?;
    if let Some(version) = fields.next_if(|it| it.starts_with("v="))
        && version != "v=19"
    {
        return None;
    }
    let mut costs = fields.next()?.split(',');
    let mut cost = |name| costs.next()?.strip_prefix(name)?.parse().ok();
    let costs = [cost("m=")?, cost("t=")?, cost("p=")?];
    let mut bytes = || BASE64.decode(fields.next()?).ok();
    let (salt, digest) = (bytes()?, bytes()?);
    let parts = Parts {
        variant,
        costs,
        salt,
        digest,
    };
    let is_whole = fields.next().is_none() && parts.digest.len() <= LONGEST;
    is_whole.then_some(parts)
}

fn compute(
    host: &Host,
    password: &[u8],
    variant: Algorithm,
    params: Params,
    salt: &[u8],
    digest: &mut [u8],
) -> Result<()> {
    let work = u64::from(params.m_cost()) * u64::from(params.t_cost());
    let mut blocks = Blocks::borrow(&host.memory, params.block_count())?;
    if work > CHEAP {
        let name = if params.t_cost() > 2 {
            "timeCost"
        } else {
            "memoryCost"
        };
        affordable(host, work, SAMPLE, name, sample)?;
    }
    let hashed = Argon2::new(variant, Version::V0x13, params).hash_password_into_with_memory(
        password,
        salt,
        digest,
        blocks.as_mut(),
    );
    hashed.map_err(|_| PasswordFault::Encoding)
}

fn sample() {
    let mut blocks = vec![Block::new(); SAMPLE as usize];
    if let Ok(params) = Params::new(SAMPLE, 1, 1, None) {
        let argon = Argon2::new(Algorithm::Argon2id, Version::V0x13, params);
        // It is only measured.
        let _ = argon.fill_memory(b"", &[0; SALT], &mut blocks);
        black_box(&blocks);
    }
}

/// Blocks of a KiB, counted as the Run's memory.
struct Blocks<'a> {
    account: &'a Account,
    loan: *mut u8,
    count: usize,
}

impl<'a> Blocks<'a> {
    fn borrow(account: &'a Account, count: usize) -> Result<Self> {
        let bytes = count.saturating_mul(size_of::<Block>());
        // SAFETY: null asks for a new loan.
        let loan = unsafe {
            account.lend(
                std::ptr::null_mut(),
                bytes.saturating_add(align_of::<Block>()),
            )
        };
        if loan.is_null() {
            let mib = bytes.div_ceil(1 << 20);
            let sentence = format!(
                "this hash needs {mib} MiB, and this server has not so much memory left (limit “memory”). Give a \
                 smaller memoryCost, such as 4096, and a timeCost of 3"
            );
            return Err(PasswordFault::TooDear(sentence));
        }
        // SAFETY: the loan has so many bytes, and any may be written.
        unsafe {
            loan.add(loan.align_offset(align_of::<Block>()))
                .write_bytes(0, bytes);
        };
        Ok(Self {
            account,
            loan,
            count,
        })
    }

    fn as_mut(&mut self) -> &mut [Block] {
        let start = self
            .loan
            .wrapping_add(self.loan.align_offset(align_of::<Block>()));
        // SAFETY: from there on the loan has room for as many blocks, all zero, which a block may be.
        unsafe { slice::from_raw_parts_mut(start.cast(), self.count) }
    }
}

impl Drop for Blocks<'_> {
    fn drop(&mut self) {
        // SAFETY: the loan is this account's, and nobody has the blocks any more.
        unsafe { self.account.take_back(self.loan) };
    }
}
