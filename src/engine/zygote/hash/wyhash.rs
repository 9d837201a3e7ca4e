//! wyhash, final version 4: <https://github.com/wangyi-fudan/wyhash>

/// Up to so many bytes are read at once.
const SHORT: usize = 16;

/// Three lanes of that.
const BLOCK: usize = 3 * SHORT;

const SECRET: [u64; 4] = [
    0xa076_1d64_78bd_642f,
    0xe703_7ed1_a0b4_28db,
    0x8ebc_6af0_9c88_c6e3,
    0x5899_65cc_7537_4cc3,
];

/// What `Bun.hash` gives for bytes and a seed.
pub(super) fn wyhash(bytes: &[u8], seed: u64) -> u64 {
    let first = seed ^ mixed(seed ^ SECRET[0], SECRET[1]);
    let (state, (a, b)) = if bytes.len() <= SHORT {
        (first, ends(bytes))
    } else {
        (absorbed(bytes, first), last(bytes))
    };
    let (low, high) = product(a ^ SECRET[1], b ^ state);
    mixed(low ^ SECRET[0] ^ bytes.len() as u64, high ^ SECRET[1])
}

/// The state after all but the last of more than [`SHORT`] bytes.
fn absorbed(bytes: &[u8], first: u64) -> u64 {
    let end = bytes.len() - 1;
    let (blocks, rest) = bytes[..end].split_at(end - end % BLOCK);
    let mut lanes = [first; 3];
    for block in blocks.chunks_exact(BLOCK) {
        for (lane, part) in block.chunks_exact(SHORT).enumerate() {
            lanes[lane] = absorb(lanes[lane], part, SECRET[lane + 1]);
        }
    }
    let state = if blocks.is_empty() {
        first
    } else {
        lanes[0] ^ lanes[1] ^ lanes[2]
    };
    let parts = rest.chunks_exact(SHORT);
    parts.fold(state, |state, part| absorb(state, part, SECRET[1]))
}

fn absorb(state: u64, part: &[u8], secret: u64) -> u64 {
    mixed(long(part) ^ secret, long(&part[8..]) ^ state)
}

/// The two numbers that the last 16 bytes come to.
fn last(bytes: &[u8]) -> (u64, u64) {
    let end = &bytes[bytes.len() - SHORT..];
    (long(end), long(&end[8..]))
}

/// The two numbers that up to 16 bytes come to.
fn ends(bytes: &[u8]) -> (u64, u64) {
    let length = bytes.len();
    match length {
        0 => (0, 0),
        1..4 => {
            let [first, middle, last] = [bytes[0], bytes[length / 2], bytes[length - 1]];
            (u64::from_be_bytes([0, 0, 0, 0, 0, first, middle, last]), 0)
        }
        _ => {
            let (end, quarter) = (length - 4, (length >> 3) << 2);
            let pair =
                |one: usize, other: usize| (short(&bytes[one..]) << 32) | short(&bytes[other..]);
            (pair(0, quarter), pair(end, end - quarter))
        }
    }
}

fn short(bytes: &[u8]) -> u64 {
    little_endian(&bytes[..4])
}

fn long(bytes: &[u8]) -> u64 {
    little_endian(&bytes[..8])
}

fn little_endian(bytes: &[u8]) -> u64 {
    let digits = bytes.iter().rev();
    digits.fold(0, |all, byte| (all << 8) | u64::from(*byte))
}

#[expect(clippy::cast_possible_truncation, reason = "the two halves")]
fn product(a: u64, b: u64) -> (u64, u64) {
    let whole = u128::from(a) * u128::from(b);
    (whole as u64, (whole >> 64) as u64)
}

fn mixed(a: u64, b: u64) -> u64 {
    let (low, high) = product(a, b);
    low ^ high
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_of_every_length_hash_as_in_bun() {
        for (text, hashes) in [
            (
                String::new(),
                [290_873_116_282_709_081, 13_320_626_101_774_401_591],
            ),
            (
                "a".into(),
                [2_941_419_223_392_617_777, 12_124_021_188_995_309_737],
            ),
            (
                "abc".into(),
                [190_542_993_387_777_138, 15_845_266_463_262_922_167],
            ),
            (
                "hello world".into(),
                [7_389_666_205_914_310_003, 13_787_780_227_434_353_503],
            ),
            (
                "0123456789abcdef".into(),
                [14_052_610_914_415_071_785, 14_218_047_986_360_751_691],
            ),
            (
                "0123456789abcdefg".into(),
                [13_012_861_896_001_323_413, 12_926_475_156_828_973_090],
            ),
            (
                "x".repeat(32),
                [7_142_693_294_352_287_450, 10_645_295_549_085_948_945],
            ),
            (
                "x".repeat(48),
                [10_889_483_319_867_276_750, 8_321_640_160_835_756_776],
            ),
            (
                "x".repeat(49),
                [17_550_346_204_783_977_301, 13_486_544_290_032_978_524],
            ),
            (
                "z".repeat(300),
                [8_748_044_611_024_150_874, 17_017_215_013_899_664_971],
            ),
        ] {
            let text: String = text;
            assert_eq!(
                [0, 1].map(|seed| wyhash(text.as_bytes(), seed)),
                hashes,
                "{text}"
            );
        }
    }
}
