//! A client's frames, parsed by fastwebsockets. Its parser makes a buffer of 8 KiB for each connection, and
//! most connections are silent most of the time: so a parser is made when bytes have come, and dropped when
//! the last frame took all of them. It and its work are boxed, so that a silent connection has no room for them.

use std::future::poll_fn;
use std::io;
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll, ready};

use fastwebsockets::{Frame, OpCode, Role, WebSocketError, WebSocketRead, after_handshake_split};
use parking_lot::{Mutex, MutexGuard};
use tokio::io::{AsyncRead, ReadBuf};

use crate::engine::message::CONTROL_LIMIT;

/// What is read at once while there is no parser; most messages of a page are shorter.
const FIRST: usize = 512;

/// The longest head of a frame, in bytes.
const HEAD: usize = 14;

/// Why there is no next frame.
#[derive(Debug)]
pub(super) enum FrameFault {
    /// A client must mask each of its frames (RFC 6455, section 5.1); the parser lets it pass.
    Unmasked,
    /// The parser refused it, or there are no more.
    Parser(WebSocketError),
}

impl<E: Into<WebSocketError>> From<E> for FrameFault {
    fn from(error: E) -> Self {
        Self::Parser(error.into())
    }
}

/// A frame, unmasked.
pub(super) struct ClientFrame {
    pub(super) opcode: OpCode,
    /// Whether it ends its message.
    pub(super) fin: bool,
    pub(super) payload: Vec<u8>,
}

/// The frames that come from a client.
pub(super) struct ClientFrames<S> {
    line: Line<S>,
    parser: Option<Box<WebSocketRead<Line<S>>>>,
    /// How many bytes the frames took that the parser has read.
    taken: usize,
    /// The longest payload, in bytes.
    longest: usize,
}

impl<S: AsyncRead + Unpin> ClientFrames<S> {
    /// The frames that come by `stream`, after these first bytes.
    pub(super) fn new(stream: S, first: Vec<u8>, longest: usize) -> Self {
        let incoming = Incoming {
            stream,
            first,
            given: 0,
        };
        Self {
            line: Line(Arc::new(Mutex::new(incoming))),
            parser: None,
            taken: 0,
            longest,
        }
    }

    /// The next frame.
    pub(super) async fn next(&mut self) -> Result<ClientFrame, FrameFault> {
        let parser = if let Some(parser) = &mut self.parser {
            parser
        } else {
            self.line.wait().await?;
            self.taken = 0;
            let parser = parser(self.line.again(), self.longest);
            self.parser.insert(Box::new(parser))
        };
        let frame = Box::pin(read(parser)).await?;
        self.taken += length(frame.payload.len());
        if self.line.lock().given == self.taken {
            self.parser = None;
        }
        Ok(frame)
    }
}

async fn read<S: AsyncRead + Unpin>(
    parser: &mut WebSocketRead<Line<S>>,
) -> Result<ClientFrame, FrameFault> {
    let mut unasked = |_: Frame<'_>| std::future::ready(Ok::<_, io::Error>(()));
    let mut frame = parser.read_frame(&mut unasked).await?;
    let is_control = matches!(frame.opcode, OpCode::Close | OpCode::Ping | OpCode::Pong);
    if is_control && frame.payload.len() > CONTROL_LIMIT {
        return Err(WebSocketError::PingFrameTooLarge.into());
    }
    if !is_masked(&mut frame) {
        return Err(FrameFault::Unmasked);
    }
    Ok(ClientFrame {
        opcode: frame.opcode,
        fin: frame.fin,
        payload: frame.payload.to_vec(),
    })
}

/// Whether the frame has a mask. The parser says so nowhere else than in the head that it would write.
fn is_masked(frame: &mut Frame<'_>) -> bool {
    let mut head = [0; HEAD];
    frame.fmt_head(&mut head);
    head[1] & 0x80 != 0
}

fn parser<S: AsyncRead + Unpin>(line: Line<S>, longest: usize) -> WebSocketRead<Line<S>> {
    let (mut parser, _) = after_handshake_split(line, tokio::io::sink(), Role::Server);
    parser.set_auto_close(false);
    parser.set_auto_pong(false);
    // It refuses a frame of this size, so that one of the limit itself still passes.
    parser.set_max_message_size(longest + 1);
    parser
}

/// How long the frame of a payload is on the wire, masked (RFC 6455, section 5.2). A client that writes the
/// length in more bytes than it must seems to leave some over, and keeps its parser.
fn length(payload: usize) -> usize {
    let extended = match payload {
        0..=125 => 0,
        126..=0xFFFF => 2,
        _ => 8,
    };
    2 + extended + 4 + payload
}

/// The reading half of a connection, for us and for the parser.
struct Line<S>(Arc<Mutex<Incoming<S>>>);

struct Incoming<S> {
    stream: S,
    /// What came while there was no parser.
    first: Vec<u8>,
    /// How many bytes the parser was given.
    given: usize,
}

impl<S: AsyncRead + Unpin> Line<S> {
    fn again(&self) -> Self {
        Self(Arc::clone(&self.0))
    }

    fn lock(&self) -> MutexGuard<'_, Incoming<S>> {
        self.0.lock()
    }

    /// Waits until bytes have come, or the end.
    async fn wait(&self) -> io::Result<()> {
        poll_fn(|cx| {
            let mut bytes = [0; FIRST];
            let mut buffer = ReadBuf::new(&mut bytes);
            let mut incoming = self.lock();
            incoming.given = 0;
            if !incoming.first.is_empty() {
                return Poll::Ready(Ok(()));
            }
            ready!(Pin::new(&mut incoming.stream).poll_read(cx, &mut buffer))?;
            incoming.first = buffer.filled().to_vec();
            Poll::Ready(Ok(()))
        })
        .await
    }
}

impl<S: AsyncRead + Unpin> AsyncRead for Line<S> {
    fn poll_read(
        self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        buffer: &mut ReadBuf<'_>,
    ) -> Poll<io::Result<()>> {
        let mut incoming = self.lock();
        let before = buffer.filled().len();
        if incoming.first.is_empty() {
            ready!(Pin::new(&mut incoming.stream).poll_read(cx, buffer))?;
        } else {
            let count = incoming.first.len().min(buffer.remaining());
            buffer.put_slice(&incoming.first[..count]);
            incoming.first = incoming.first.split_off(count);
        }
        incoming.given += buffer.filled().len() - before;
        Poll::Ready(Ok(()))
    }
}

#[cfg(test)]
mod tests {
    use tokio::io::{AsyncWriteExt as _, duplex};

    use super::*;

    /// A binary frame with a mask of zeros; `long` writes its length in more bytes than it must.
    fn frame(payload: &[u8], long: bool) -> Vec<u8> {
        let mut bytes = vec![0x82];
        match u16::try_from(payload.len()) {
            Ok(short @ 0..126) if !long => bytes.push(0x80 | short.to_be_bytes()[1]),
            Ok(middle) if !long => {
                bytes.push(0x80 | 0x7E);
                bytes.extend(middle.to_be_bytes());
            }
            _ => {
                bytes.push(0x80 | 0x7F);
                bytes.extend((payload.len() as u64).to_be_bytes());
            }
        }
        bytes.extend([0; 4]);
        bytes.extend(payload);
        bytes
    }

    /// Reads payloads of these lengths that are sent in pieces of `cut` bytes; what is left then.
    async fn reads(
        lengths: &[usize],
        cut: usize,
        long: bool,
    ) -> ClientFrames<tokio::io::DuplexStream> {
        let payload = |length: usize| (0..=255).cycle().take(length).collect::<Vec<u8>>();
        let bytes: Vec<u8> = lengths
            .iter()
            .flat_map(|&length| frame(&payload(length), long))
            .collect();
        let (mut client, server) = duplex(1024);
        let sending = tokio::spawn(async move {
            for piece in bytes.chunks(cut) {
                client.write_all(piece).await.unwrap();
            }
            client
        });
        let mut frames = ClientFrames::new(server, Vec::new(), 65_536);
        for &length in lengths {
            let part = frames.next().await.unwrap();
            assert!(part.fin && part.opcode == OpCode::Binary);
            assert_eq!(part.payload, payload(length), "of {length}, cut at {cut}");
        }
        drop(sending.await.unwrap());
        frames
    }

    const LENGTHS: [usize; 10] = [0, 1, 125, 126, 505, 506, 507, 65_535, 65_536, 3];

    #[tokio::test]
    async fn wherever_they_are_cut_frames_come_whole_and_leave_no_buffer() {
        for cut in [1, 7, 511, 512, 513, 100_000] {
            let mut frames = reads(&LENGTHS, cut, false).await;
            assert!(frames.parser.is_none(), "cut at {cut}");
            let end = frames.next().await;
            let is_eof = matches!(end, Err(FrameFault::Parser(WebSocketError::UnexpectedEOF)));
            assert!(is_eof);
        }
    }

    #[tokio::test]
    async fn a_length_in_more_bytes_than_it_must_be_is_read_as_well() {
        let frames = reads(&LENGTHS, 512, true).await;
        assert!(frames.parser.is_some(), "it seems to hold more");
    }
}
