use super::*;
use crate::engine::message::{FromRun, Payload, RequestId, SocketId, ToRun};

fn message() -> ToRun {
    ToRun::Message {
        socket: SocketId(7),
        payload: Payload::Text("hello".into()),
    }
}

#[test]
fn frames_survive_being_cut_anywhere() {
    let mut wire = Vec::new();
    append(&message(), &mut wire).unwrap();
    append(
        &ToRun::Gone {
            request: RequestId(9),
        },
        &mut wire,
    )
    .unwrap();
    for cut in 0..wire.len() {
        let mut frames = FrameBuffer::default();
        let mut seen = Vec::new();
        for part in [&wire[..cut], &wire[cut..]] {
            frames.buffer().extend_from_slice(part);
            while let Some(next) = frames.next::<ToRun>().unwrap() {
                seen.push(next);
            }
        }
        assert_eq!(
            seen,
            [
                message(),
                ToRun::Gone {
                    request: RequestId(9)
                }
            ]
        );
    }
}

#[test]
fn a_length_over_the_limit_is_refused_before_its_bytes_come() {
    let mut frames = FrameBuffer::default();
    frames.buffer().extend_from_slice(&u32::MAX.to_le_bytes());
    let refused = frames.next::<FromRun>();
    assert_eq!(refused, Err(CodecError::TooLong(u32::MAX as usize)));
}

#[test]
fn a_message_too_long_to_send_leaves_the_buffer_as_it_was() {
    let mut wire = vec![1, 2, 3];
    let text = "x".repeat(FRAME_LIMIT + 1);
    let file = ToRun::File {
        name: "a".into(),
        contents: Payload::Text(text),
    };
    assert!(matches!(
        append(&file, &mut wire),
        Err(CodecError::TooLong(_))
    ));
    assert_eq!(wire, [1, 2, 3]);
}

#[test]
fn bytes_that_are_no_message_are_refused() {
    for frame in [&[200_u8][..], &[1, 0, 0], &[]] {
        let mut frames = FrameBuffer::default();
        let length = u32::try_from(frame.len()).unwrap();
        frames.buffer().extend_from_slice(&length.to_le_bytes());
        frames.buffer().extend_from_slice(frame);
        assert!(frames.next::<ToRun>().is_err(), "{frame:?}");
    }
}
