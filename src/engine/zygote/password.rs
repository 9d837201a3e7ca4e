//! Hashes of passwords for `Bun.password`, which are slow on purpose: [`hash`] and [`verify`]. Each says beforehand
//! where it would take more memory or time than a Run has.

mod argon;
mod bcrypt;
mod effort;

use super::host::Host;
use crate::engine::message::LimitName;

/// How a password is hashed, and at what cost.
#[derive(Clone, Copy, Debug)]
pub(super) enum Recipe {
    /// Argon2 in a variant, with memory in KiB and passes over it.
    Argon(argon2::Algorithm, u32, u32),
    /// bcrypt with two to the power of this rounds.
    Bcrypt(u32),
}

/// Why there is no answer.
#[derive(Debug)]
pub(super) enum PasswordFault {
    /// The hash cannot be read.
    Encoding,
    /// It takes more than a Run has: the sentence for the learner.
    TooDear(String),
    /// A limit was reached on the way.
    Stopped(LimitName),
    /// The machine gives no random bytes.
    NoRandom,
}

type Result<T> = std::result::Result<T, PasswordFault>;

/// The hash as text, with a fresh salt and what it takes to verify it.
pub(super) fn hash(host: &Host, password: &[u8], recipe: Recipe) -> Result<String> {
    match recipe {
        Recipe::Argon(variant, memory, passes) => {
            argon::hash(host, password, variant, memory, passes)
        }
        Recipe::Bcrypt(cost) => bcrypt::hash(host, password, cost),
    }
}

/// Whether a hash of either kind is of this password.
pub(super) fn verify(host: &Host, password: &[u8], hash: &str) -> Result<bool> {
    if hash.starts_with("$2") {
        bcrypt::verify(host, password, hash)
    } else {
        argon::verify(host, password, hash)
    }
}

fn random<const N: usize>() -> Result<[u8; N]> {
    let mut bytes = [0; N];
    getrandom::fill(&mut bytes).map_err(|_| PasswordFault::NoRandom)?;
    Ok(bytes)
}

/// Compares in a time that does not tell where the two differ.
fn is_same(one: &[u8], other: &[u8]) -> bool {
    let differences = one.iter().zip(other).fold(0, |all, (a, b)| all | (a ^ b));
    one.len() == other.len() && differences == 0
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::engine::zygote::memory::Account;
    use crate::engine::zygote::modules::ImportMap;

    fn host() -> Host {
        let host = Host::new(ImportMap::new(), Account::default());
        host.memory.allow(32 << 20);
        host
    }

    #[test]
    fn hashes_that_bun_made_are_verified() {
        for hash in [
            "$argon2d$v=19$m=64,t=3,p=1$wTF1ckpXXV/HRxkf6MmO9ZLmVC0WpzyUMAwb3DBY7Es$aHQjdT1D5eU7GPZD3yyagO4Uc8N/0xrE/vltiSKrcFs",
            "$argon2i$v=19$m=64,t=2,p=1$HmYZriLUcUhDFmxYVz+Qp2VIDcpkaU7MNebJ+1SDKpw$XCuIoRxLzJ42qzcn7D2k4lrt/jJDXyZrWh3TjPhg8HI",
            "$argon2id$v=19$m=64,t=2,p=1$9I4vW5DJJmbIfDaCwWNXHmBZDuATQ6vODPjIhTseVoY$Jv6Os7wzRfxaxIgSUWOOAUSRCDAeV5OFF8E5eqrUgVs",
            "$2b$05$plEfyW1/0Q2EFHLHlAB5nOjQDgCMaQvHqLxrPT6LH2IPETzmcCW1C",
        ] {
            for (password, right) in [("blåbær", true), ("blabar", false)] {
                let found = verify(&host(), password.as_bytes(), hash);
                assert!(matches!(found, Ok(it) if it == right), "{hash}: {found:?}");
            }
        }
    }

    #[test]
    fn what_is_hashed_is_verified_and_memory_is_given_back() {
        let host = host();
        let variants = [argon2::Algorithm::Argon2id, argon2::Algorithm::Argon2d];
        let recipes = variants.map(|it| Recipe::Argon(it, 8, 1));
        let before = host.memory.used();
        for recipe in recipes.into_iter().chain([Recipe::Bcrypt(4)]) {
            let made = hash(&host, &[b'x'; 80], recipe).unwrap();
            assert!(verify(&host, &[b'x'; 80], &made).unwrap(), "{made}");
            assert!(!verify(&host, &[b'x'; 72], &made).unwrap(), "{made}");
        }
        assert_eq!(host.memory.used(), before);
    }

    #[test]
    fn more_than_a_run_has_is_refused_with_what_to_do() {
        let host = host();
        let argon = argon2::Algorithm::Argon2id;
        for (recipe, advice) in [
            (Recipe::Argon(argon, 65_536, 2), "smaller memoryCost"),
            (Recipe::Argon(argon, u32::MAX, 1), "smaller memoryCost"),
            (Recipe::Argon(argon, 8, u32::MAX), "smaller timeCost"),
            (Recipe::Bcrypt(31), "smaller cost"),
        ] {
            let refused = hash(&host, b"secret", recipe);
            let told = matches!(&refused, Err(PasswordFault::TooDear(it)) if it.contains(advice));
            assert!(told, "{refused:?}");
        }
    }

    #[test]
    fn what_is_no_hash_is_told_apart_from_one_of_another_password() {
        let salted = "$2b$04$nqkVfFcmxiHoSyYiTURrguLa2hHtOVLRNq1cGncZeVuR7L3gJkyaa";
        let host = host();
        assert!(verify(&host, b"a", salted).unwrap());
        for broken in [
            &salted[..59],
            "$2b$",
            "$2b$99$nqkVfFcmxiHoSyYiTURrguLa2hHtOVLRNq1cGncZeVuR7L3gJkyaa",
            "$2b$04$nqkVfFcmxiHoSyYiTURrguLa2hHtOVLRNq1cGncZeVuR7L3gJkyå",
            "$argon2id$",
            "$argon2id$v=16$m=8,t=1,p=1$AAAAAAAAAAA$AAAAAAAAAAA",
            "$argon2id$v=19$m=8,t=1$AAAAAAAAAAA$AAAAAAAAAAA",
            "$argon2x$v=19$m=8,t=1,p=1$AAAAAAAAAAA$AAAAAAAAAAA",
        ] {
            let found = verify(&host, b"a", broken);
            assert!(
                matches!(found, Err(PasswordFault::Encoding)),
                "{broken}: {found:?}"
            );
        }
    }
}
