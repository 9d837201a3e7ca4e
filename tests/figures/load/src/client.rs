//! One WebSocket client (RFC 6455), as small as it can be: it counts messages and keeps none.

use std::io;
use std::net::Ipv4Addr;

use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;

use super::line::Line;

/// Read at once by whichever client has something.
const BUFFER: usize = 64 * 1024;

thread_local! {
    static SHARED: std::cell::RefCell<Vec<u8>> = const { std::cell::RefCell::new(Vec::new()) };
}

/// An open line.
pub struct Client {
    stream: TcpStream,
    frames: Frames,
}

impl Client {
    /// Opens one to this machine.
    pub async fn open(line: &Line) -> io::Result<Self> {
        let mut stream = TcpStream::connect((Ipv4Addr::LOCALHOST, line.port()?)).await?;
        stream.set_nodelay(true)?;
        let request = format!(
            "GET {} HTTP/1.1\r\nHost: {host}\r\nOrigin: http://{host}\r\nConnection: Upgrade\r\n\
             Upgrade: websocket\r\nSec-WebSocket-Version: 13\r\n\
             Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n",
            line.path,
            host = line.host,
        );
        stream.write_all(request.as_bytes()).await?;
        let mut head = Vec::new();
        while !head.ends_with(b"\r\n\r\n") {
            head.push(stream.read_u8().await?);
        }
        if !head.starts_with(b"HTTP/1.1 101") {
            let head = String::from_utf8_lossy(&head);
            return Err(io::Error::other(format!("the handshake failed: {head}")));
        }
        Ok(Self {
            stream,
            frames: Frames::default(),
        })
    }

    /// Sends a text of so many bytes, at most 65,535.
    pub async fn say(&mut self, bytes: usize) -> io::Result<()> {
        let length = u16::try_from(bytes).map_err(io::Error::other)?;
        let mut frame = vec![0x81, 0x80 | 0x7e];
        frame.extend(length.to_be_bytes());
        // A mask of zeros leaves the payload as it is.
        frame.extend([0; 4]);
        frame.resize(frame.len() + bytes, b'x');
        self.stream.write_all(&frame).await
    }

    /// Waits for bytes; how many messages were completed by them.
    pub async fn hear(&mut self) -> io::Result<u64> {
        loop {
            self.stream.readable().await?;
            let heard = SHARED.with_borrow_mut(|buffer| {
                buffer.resize(BUFFER, 0);
                let read = self.stream.try_read(buffer)?;
                Ok((read, self.frames.take(&buffer[..read])))
            });
            match heard {
                Ok((0, _)) => return Err(io::ErrorKind::UnexpectedEof.into()),
                Ok((_, messages)) => return Ok(messages),
                Err(error) if io::Error::kind(&error) == io::ErrorKind::WouldBlock => {}
                Err(error) => return Err(error),
            }
        }
    }
}

/// Where the bytes stand in a server's frames.
#[derive(Default)]
struct Frames {
    /// A header that is not complete.
    header: Vec<u8>,
    /// What is left of the payload.
    left: u64,
}

impl Frames {
    /// How many messages these bytes complete.
    fn take(&mut self, mut bytes: &[u8]) -> u64 {
        let mut messages = 0;
        while !bytes.is_empty() {
            if self.left > 0 {
                let here = self.left.min(bytes.len() as u64);
                self.left -= here;
                bytes = &bytes[usize::try_from(here).unwrap_or(usize::MAX)..];
                messages += u64::from(self.left == 0);
                continue;
            }
            self.header.push(bytes[0]);
            bytes = &bytes[1..];
            if let Some(length) = length(&self.header) {
                self.header.clear();
                self.left = length;
                messages += u64::from(length == 0);
            }
        }
        messages
    }
}

/// The payload's length, once the header is complete.
fn length(header: &[u8]) -> Option<u64> {
    match header {
        [_, short @ 0..=125] => Some(u64::from(*short)),
        [_, 126, a, b] => Some(u64::from(u16::from_be_bytes([*a, *b]))),
        [_, 127, long @ ..] => long.try_into().ok().map(u64::from_be_bytes),
        _ => None,
    }
}
