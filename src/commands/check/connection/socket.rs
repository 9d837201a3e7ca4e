//! The WebSocket of a Firefox (`--remote-debugging-port`): each message is one of text.

use std::future::ready;
use std::io;
use std::net::Ipv4Addr;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use fastwebsockets::{Frame, OpCode, Payload, Role, WebSocketRead, WebSocketWrite};
use fastwebsockets::{WebSocketError, after_handshake_split};
use tokio::io::{AsyncBufReadExt, AsyncRead, AsyncWrite, AsyncWriteExt, BufReader};
use tokio::net::TcpStream;
use tokio::net::tcp::{OwnedReadHalf, OwnedWriteHalf};
use tokio::sync::mpsc;

use super::PendingCommands;

/// The longest message, in bytes: what a script gives is a sentence.
const LONGEST: usize = 16 << 20;

type Messages = WebSocketRead<BufReader<OwnedReadHalf>>;
type Commands = WebSocketWrite<OwnedWriteHalf>;

/// Opens the socket at which a session may be begun.
pub(super) async fn open(port: u16) -> io::Result<(Messages, Commands)> {
    let stream = TcpStream::connect((Ipv4Addr::LOCALHOST, port)).await?;
    let (read, mut write) = stream.into_split();
    let mut read = BufReader::new(read);
    let mut key = [0; 16];
    getrandom::fill(&mut key).map_err(io::Error::other)?;
    write.write_all(handshake(port, &key).as_bytes()).await?;
    take_head(&mut read).await?;
    let (mut messages, commands) = after_handshake_split(read, write, Role::Client);
    messages.set_max_message_size(LONGEST);
    Ok((messages, commands))
}

fn handshake(port: u16, key: &[u8; 16]) -> String {
    let key = STANDARD.encode(key);
    format!(
        "GET /session HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\
         Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: {key}\r\n\r\n"
    )
}

/// Reads the answer's head, and no further. It is of a program that we have started, so its key is not compared.
async fn take_head(read: &mut BufReader<OwnedReadHalf>) -> io::Result<()> {
    let mut status = String::new();
    read.read_line(&mut status).await?;
    if !status.starts_with("HTTP/1.1 101") {
        return Err(io::Error::other(format!("it answered {}", status.trim())));
    }
    let mut line = status;
    while line.trim() != "" {
        line.clear();
        read.read_line(&mut line).await?;
    }
    Ok(())
}

pub(super) async fn write<S: AsyncWrite + Unpin>(
    mut queue: mpsc::UnboundedReceiver<String>,
    mut to: WebSocketWrite<S>,
) {
    while let Some(message) = queue.recv().await {
        let frame = Frame::text(Payload::Owned(message.into_bytes()));
        // A browser that is gone is told of by the other direction.
        if to.write_frame(frame).await.is_err() {
            return;
        }
    }
}

pub(super) async fn read<S: AsyncRead + Unpin>(
    mut from: WebSocketRead<S>,
    waiting: PendingCommands,
) {
    // A browser on this machine asks for no pong; what else it may be owed is not sent.
    let mut owed = |_: Frame<'_>| ready(Ok::<_, WebSocketError>(()));
    let mut message = Vec::new();
    while let Ok(frame) = from.read_frame(&mut owed).await {
        match frame.opcode {
            OpCode::Text | OpCode::Continuation => message.extend_from_slice(&frame.payload),
            OpCode::Close => break,
            OpCode::Binary | OpCode::Ping | OpCode::Pong => continue,
        }
        if frame.fin {
            waiting.hear(&message);
            message.clear();
        }
    }
    waiting.end();
}
