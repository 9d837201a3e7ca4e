//! The quick hashes of `Bun.hash`, none of which keeps a secret. Each gives what Bun's gives.

mod wyhash;

use twox_hash::{XxHash3_64, XxHash32, XxHash64};

use wyhash::wyhash;

/// What a hash comes to: Bun gives 32 bits as a number and 64 as a bigint.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Hashed {
    Short(u32),
    Long(u64),
}

/// The hash of this name, if there is one. Those of 32 bits take the lower half of the seed, and in
/// Bun xxHash3 does so as well.
pub(super) fn hash(name: &str, bytes: &[u8], seed: u64) -> Option<Hashed> {
    #[expect(clippy::cast_possible_truncation, reason = "as Bun does")]
    let short = seed as u32;
    Some(match name {
        "wyhash" => Hashed::Long(wyhash(bytes, seed)),
        "adler32" => Hashed::Short(adler32(bytes)),
        "crc32" => Hashed::Short(crc32(bytes, short)),
        "xxHash32" => Hashed::Short(XxHash32::oneshot(short, bytes)),
        "xxHash64" => Hashed::Long(XxHash64::oneshot(seed, bytes)),
        "xxHash3" => Hashed::Long(XxHash3_64::oneshot_with_seed(short.into(), bytes)),
        "murmur32v3" => Hashed::Short(murmur32v3(bytes, short)),
        _ => return None,
    })
}

/// RFC 1950, section 8.2.
fn adler32(bytes: &[u8]) -> u32 {
    const BASE: u32 = 65_521;
    let (low, high) = bytes.iter().fold((1, 0), |(low, high), byte| {
        let low = (low + u32::from(*byte)) % BASE;
        (low, (high + low) % BASE)
    });
    (high << 16) | low
}

/// RFC 1952, section 8, going on from another one.
fn crc32(bytes: &[u8], from: u32) -> u32 {
    const POLYNOMIAL: u32 = 0xedb8_8320;
    let step = |rest: u32, _| (rest >> 1) ^ (POLYNOMIAL * (rest & 1));
    let end = bytes.iter().fold(!from, |rest, byte| {
        (0..8).fold(rest ^ u32::from(*byte), step)
    });
    !end
}

/// `MurmurHash3` for 32 bits: <https://github.com/aappleby/smhasher>
fn murmur32v3(bytes: &[u8], seed: u32) -> u32 {
    let scrambled = |part: u32| {
        part.wrapping_mul(0xcc9e_2d51)
            .rotate_left(15)
            .wrapping_mul(0x1b87_3593)
    };
    let blocks = bytes.chunks_exact(4);
    let word = |part: &[u8]| {
        part.iter()
            .rev()
            .fold(0, |all, byte| (all << 8) | u32::from(*byte))
    };
    let rest = word(blocks.remainder());
    let mut hash = blocks.fold(seed, |hash, block| {
        let hash = (hash ^ scrambled(word(block))).rotate_left(13);
        hash.wrapping_mul(5).wrapping_add(0xe654_6b64)
    });
    #[expect(clippy::cast_possible_truncation, reason = "as it is defined")]
    let length = bytes.len() as u32;
    hash ^= scrambled(rest) ^ length;
    for (shift, factor) in [(16, 0x85eb_ca6b), (13, 0xc2b2_ae35)] {
        hash = (hash ^ (hash >> shift)).wrapping_mul(factor);
    }
    hash ^ (hash >> 16)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_other_hashes_are_bun_s() {
        use Hashed::{Long, Short};
        for (name, plain, seeded) in [
            ("adler32", Short(436_929_629), Short(436_929_629)),
            ("crc32", Short(222_957_957), Short(611_386_374)),
            ("xxHash32", Short(3_468_387_874), Short(3_401_553_733)),
            (
                "xxHash64",
                Long(5_020_219_685_658_847_592),
                Long(16_363_986_609_628_243_152),
            ),
            (
                "xxHash3",
                Long(15_296_390_279_056_496_779),
                Long(10_234_365_256_594_894_640),
            ),
            ("murmur32v3", Short(1_586_663_183), Short(3_245_123_736)),
        ] {
            let both = [0, 7].map(|seed| hash(name, b"hello world", seed));
            assert_eq!(both, [Some(plain), Some(seeded)], "{name}");
        }
        assert_eq!(hash("md5", b"", 0), None);
    }
}
