//! Texts that take as much room on the disk as they seem to: nothing makes them much shorter.

/// One comment of so many bytes, another for each number.
pub fn noise(number: u64, bytes: usize) -> String {
    let mut state = number.wrapping_mul(0x9E37_79B9_7F4A_7C15) | 1;
    let letters = std::iter::repeat_with(|| {
        // Marsaglia's xorshift.
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        let letter = u8::try_from((state >> 32) % 94).expect("it is small");
        char::from(b'!' + letter)
    });
    "// ".chars().chain(letters).take(bytes).collect()
}
