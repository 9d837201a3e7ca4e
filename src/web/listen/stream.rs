//! A connection's bytes, with what ends when they do.

use std::io::{self, IoSlice};
use std::pin::Pin;
use std::sync::{Arc, OnceLock};
use std::task::{Context, Poll, ready};

use rustix::io::Errno;
use rustix::net::{SendFlags, Shutdown as Half, send, shutdown};
use tokio::io::{AsyncRead, AsyncWrite, ReadBuf};
use tokio::net::TcpStream;
use tokio::net::tcp::{OwnedReadHalf, OwnedWriteHalf};

use super::OpenConnection;
use super::heads::HeadGauge;
use super::unsent::Written;
use crate::sandbox::outbox::TryWrite;
use crate::web::shutdown::Guard;

/// The way to a client: an accepted socket that holds its place under the caps and keeps the program from
/// ending. A request that asks to leave HTTP carries it, so that whoever has something for the client can
/// write to it.
pub(crate) struct ToClient {
    socket: OwnedWriteHalf,
    /// The place of the client whose socket this is, where a proxy brought it.
    brought: OnceLock<OpenConnection>,
    _place: OpenConnection,
    _guard: Guard,
}

impl ToClient {
    /// Waits until it may take more bytes.
    pub(crate) async fn writable(&self) -> io::Result<()> {
        self.socket.writable().await
    }

    /// Keeps a place for as long as the connection.
    pub(super) fn hold(&self, place: OpenConnection) {
        let _ = self.brought.set(place);
    }

    /// Says that nothing more will come.
    pub(crate) fn end(&self) -> io::Result<()> {
        Ok(shutdown(self.socket.as_ref(), Half::Write)?)
    }
}

impl TryWrite for ToClient {
    /// To ask the kernel is quicker than to ask tokio first what the kernel said last; tokio is told when there is
    /// no room, so that one can wait for it.
    fn try_write(&self, bytes: &[u8]) -> io::Result<usize> {
        let flags = SendFlags::DONTWAIT | SendFlags::NOSIGNAL;
        match send(self.socket.as_ref(), bytes, flags) {
            Err(Errno::AGAIN) => self.socket.try_write(bytes),
            sent => Ok(sent?),
        }
    }
}

/// An accepted socket as HTTP reads and writes it.
pub(super) struct Stream {
    from_client: OwnedReadHalf,
    to_client: Arc<ToClient>,
    heads: Arc<HeadGauge>,
    written: Arc<Written>,
}

/// The most that is read at once. hyper grows the buffer of a connection that fills it each time, up to the longest
/// head; bodies need no such buffer.
const READ: usize = 16 * 1024;

impl Stream {
    pub(super) fn new(
        socket: TcpStream,
        (place, guard): (OpenConnection, Guard),
        (heads, written): (Arc<HeadGauge>, Arc<Written>),
    ) -> Self {
        let (from_client, socket) = socket.into_split();
        let to_client = ToClient {
            brought: OnceLock::new(),
            socket,
            _place: place,
            _guard: guard,
        };
        Self {
            from_client,
            to_client: Arc::new(to_client),
            heads,
            written,
        }
    }

    pub(super) fn to_client(&self) -> Arc<ToClient> {
        Arc::clone(&self.to_client)
    }

    /// The half that a connection needs after HTTP.
    pub(super) fn into_from_client(self) -> OwnedReadHalf {
        self.from_client
    }
}

impl AsyncRead for Stream {
    fn poll_read(
        self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        buffer: &mut ReadBuf<'_>,
    ) -> Poll<io::Result<()>> {
        let this = self.get_mut();
        ready!(this.heads.poll_ready(cx));
        let before = buffer.filled().len();
        if buffer.remaining() > READ {
            let mut part = ReadBuf::new(buffer.initialize_unfilled_to(READ));
            ready!(Pin::new(&mut this.from_client).poll_read(cx, &mut part))?;
            let read = part.filled().len();
            buffer.advance(read);
        } else {
            ready!(Pin::new(&mut this.from_client).poll_read(cx, buffer))?;
        }
        Poll::Ready(this.heads.count(&buffer.filled()[before..]))
    }
}

impl AsyncWrite for Stream {
    fn poll_write(
        self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        bytes: &[u8],
    ) -> Poll<io::Result<usize>> {
        self.poll_write_vectored(cx, &[IoSlice::new(bytes)])
    }

    fn poll_write_vectored(
        self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        pieces: &[IoSlice<'_>],
    ) -> Poll<io::Result<usize>> {
        let socket: &TcpStream = self.to_client.socket.as_ref();
        loop {
            ready!(socket.poll_write_ready(cx))?;
            match socket.try_write_vectored(pieces) {
                Err(error) if error.kind() == io::ErrorKind::WouldBlock => {}
                written => {
                    self.written
                        .count(written.as_ref().map_or(0, |bytes| *bytes));
                    return Poll::Ready(written);
                }
            }
        }
    }

    fn is_write_vectored(&self) -> bool {
        true
    }

    /// Bytes that were written are on their way.
    fn poll_flush(self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<io::Result<()>> {
        Poll::Ready(Ok(()))
    }

    fn poll_shutdown(self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<io::Result<()>> {
        Poll::Ready(self.to_client.end())
    }
}
