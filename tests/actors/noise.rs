//! What fills files: texts that take as much room on the disk as they seem to, and garbage.

use std::io::Write as _;
use std::path::Path;

/// One comment of so many bytes, which nothing makes much shorter; another for each number.
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

/// Writes over all that a file has.
pub fn spoil(file: &Path) {
    let length = std::fs::metadata(file).expect("it is there").len();
    let garbage = vec![0xaa; usize::try_from(length).expect("a length")];
    let opened = std::fs::File::options().write(true).open(file);
    let written = opened.and_then(|mut file| file.write_all(&garbage));
    written.expect("it takes them");
}
