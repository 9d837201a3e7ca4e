//! What a Run that was taken over may write on its line, cut anywhere: it is read as messages or refused,
//! never more is held than one frame, and a message that was read is written as itself again.
#![no_main]

use hxlab_fuzz::engine::codec::{FrameBuffer, append};
use hxlab_fuzz::engine::message::{FRAME_LIMIT, FromRun, ToRun};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|input: (u8, &[u8])| {
    let (cut, bytes) = input;
    read::<FromRun>(bytes, usize::from(cut) + 1);
    read::<ToRun>(bytes, usize::from(cut) + 1);
    // The same as one frame of the right length, so that its inside is reached each time.
    let length = u32::try_from(bytes.len())
        .expect("a short input")
        .to_le_bytes();
    read::<FromRun>(&[&length[..], bytes].concat(), usize::MAX);
});

fn read<T: serde::Serialize + serde::de::DeserializeOwned + PartialEq + std::fmt::Debug>(
    bytes: &[u8],
    pieces: usize,
) {
    let mut frames = FrameBuffer::default();
    for piece in bytes.chunks(pieces.min(bytes.len().max(1))) {
        frames.buffer().extend_from_slice(piece);
        loop {
            match frames.next::<T>() {
                Ok(Some(message)) => again(&message),
                Ok(None) => break,
                Err(_) => return,
            }
        }
        assert!(frames.buffer().len() <= FRAME_LIMIT + 4);
    }
}

fn again<T: serde::Serialize + serde::de::DeserializeOwned + PartialEq + std::fmt::Debug>(
    message: &T,
) {
    let mut bytes = Vec::new();
    if append(message, &mut bytes).is_err() {
        return;
    }
    let mut frames = FrameBuffer::default();
    frames.buffer().extend_from_slice(&bytes);
    assert_eq!(
        frames.next::<T>().expect("it was just written").as_ref(),
        Some(message)
    );
}
