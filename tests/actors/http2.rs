//! A proxy that speaks HTTP/2 to hxlab, as far as one request needs it: its frames, and heads without compression.

use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;
use tokio::time::timeout;

use super::client::PATIENCE;

const PREFACE: &[u8] = b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n";
const DATA: u8 = 0;
const HEADERS: u8 = 1;
const SETTINGS: u8 = 4;
const WINDOW_UPDATE: u8 = 8;
const CONTINUATION: u8 = 9;
const END_STREAM: u8 = 1;
const END_HEADERS: u8 = 4;
/// More than any page has.
const WINDOW: u32 = 1 << 24;

/// The body of the answer to `GET path`.
pub async fn body_of(port: u16, host: &str, path: &str, headers: &[(&str, &str)]) -> String {
    let socket = TcpStream::connect(("127.0.0.1", port)).await;
    let mut socket = socket.expect("the program listens");
    let mut block = Vec::new();
    let pseudo = [
        (":method", "GET"),
        (":scheme", "http"),
        (":authority", host),
        (":path", path),
    ];
    for (name, value) in pseudo.iter().chain(headers) {
        block.push(0);
        block.extend(literal(name));
        block.extend(literal(value));
    }
    let mut sent = PREFACE.to_vec();
    sent.extend(frame(SETTINGS, 0, 0, &[]));
    sent.extend(frame(WINDOW_UPDATE, 0, 0, &WINDOW.to_be_bytes()));
    let pieces: Vec<_> = block.chunks(16_000).collect();
    for (number, piece) in pieces.iter().enumerate() {
        let kind = if number == 0 { HEADERS } else { CONTINUATION };
        let first = if number == 0 { END_STREAM } else { 0 };
        let is_last = number + 1 == pieces.len();
        let last = if is_last { END_HEADERS } else { 0 };
        sent.extend(frame(kind, first | last, 1, piece));
    }
    sent.extend(frame(WINDOW_UPDATE, 0, 1, &WINDOW.to_be_bytes()));
    socket.write_all(&sent).await.expect("it is taken");
    let body = timeout(PATIENCE, read(&mut socket)).await;
    body.expect("an answer in time")
}

async fn read(socket: &mut TcpStream) -> String {
    let mut body = Vec::new();
    loop {
        let mut head = [0; 9];
        socket.read_exact(&mut head).await.expect("a frame");
        let length = u32::from_be_bytes([0, head[0], head[1], head[2]]);
        let mut payload = vec![0; length as usize];
        socket.read_exact(&mut payload).await.expect("its payload");
        let (kind, flags) = (head[3], head[4]);
        if kind == DATA {
            body.extend(payload);
        }
        if matches!(kind, DATA | HEADERS) && flags & END_STREAM != 0 {
            return String::from_utf8(body).expect("a text");
        }
    }
}

fn frame(kind: u8, flags: u8, stream: u32, payload: &[u8]) -> Vec<u8> {
    let length = u32::try_from(payload.len()).expect("a short payload");
    let mut frame = length.to_be_bytes()[1..].to_vec();
    frame.extend([kind, flags]);
    frame.extend(stream.to_be_bytes());
    frame.extend(payload);
    frame
}

/// A text as HPACK writes it without Huffman's code: its length in seven bits, or in more bytes of seven.
fn literal(text: &str) -> Vec<u8> {
    let mut written = Vec::new();
    match u8::try_from(text.len()) {
        Ok(short) if short < 0x7f => written.push(short),
        _ => {
            written.push(0x7f);
            let mut rest = text.len() - 0x7f;
            while rest >= 0x80 {
                written.push(u8::try_from(rest & 0x7f).expect("seven bits") | 0x80);
                rest >>= 7;
            }
            written.push(u8::try_from(rest).expect("seven bits"));
        }
    }
    written.extend(text.as_bytes());
    written
}
