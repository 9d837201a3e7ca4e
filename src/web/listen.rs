//! From a listening socket to requests: our own accept loop over hyper, feeding poem's endpoint.
//!
//! Entry point: [`serve`]. Its stages: accept, pausing while the system has no descriptors left →
//! count the connection against [`Caps`], refusing one too many with a short 503 → serve HTTP/1 or
//! HTTP/2 on it within the time-outs below → at shutdown stop accepting, let each connection finish
//! what it has begun, and cut what is left after the drain.
//!
//! What a connection may keep in memory is bounded where it reads heads ([`heads`]) and where it writes
//! ([`unsent`]).
//!
//! A connection's [`OpenConnection`] and guard live inside its stream, so a WebSocket counts for as long as it
//! is open, although HTTP has let it go.

mod caps;
mod counted;
mod heads;
mod leaving;
mod proxy;
mod stream;
mod unread;
mod unsent;

use std::io;
use std::net::SocketAddr;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use futures_util::future::{Either, ready};
use http::uri::Scheme;
use http::{HeaderMap, HeaderValue, StatusCode, header};
use http_body_util::BodyExt;
use hyper::body::{Body as _, Incoming};
use hyper::upgrade::OnUpgrade;
use hyper_util::rt::{TokioExecutor, TokioIo, TokioTimer};
use hyper_util::server::conn::auto;
use poem::Endpoint;
use poem::web::{LocalAddr, RemoteAddr};
use socket2::SockRef;
use tokio::net::{TcpListener, TcpStream};
use tokio::task::JoinSet;
use tokio::time::sleep;

use super::shutdown::Shutdown;
use crate::budget::{Reason, Who};
use counted::Counted;
use heads::{HeadGauge, HeadPlaces, LONG};
use stream::Stream;
use unread::ReadToEnd;
use unsent::{Paced, Written};

pub(crate) use caps::{Caps, ListenLimits, OpenConnection};
pub(crate) use heads::SHORT as SHORT_HEAD;
pub(crate) use leaving::{FromClient, WayOut};
pub(crate) use stream::ToClient;

/// How long a connection may take to its first request's last header, and an idle one to its next.
const HEADERS: Duration = Duration::from_secs(5);
/// How long bytes may stay unacknowledged: a reader who stopped reading is cut after it.
const UNREAD: Duration = Duration::from_secs(30);
/// How often an idle HTTP/2 connection is asked whether it is alive, and how long it may take.
const PING: Duration = Duration::from_secs(20);
/// How long not to accept while the system has no descriptors left.
const PAUSE: Duration = Duration::from_millis(100);
/// The most headers of a request; browsers send about twenty.
const HEADER_COUNT: usize = 100;
/// The most requests at once on one HTTP/2 connection.
const STREAMS: u32 = 100;
/// What a client may send on one HTTP/2 stream before we read it, in bytes: this is held whether or not there is
/// room for the body.
const WINDOW: u32 = 64 * 1024;
/// The same on all streams of a connection.
const WINDOWS: u32 = 256 * 1024;
/// What waits in the kernel at most until it is sent, in bytes.
const WAITING: u32 = 128 * 1024;
/// What waits at most on one HTTP/2 stream for a client to read it, in bytes.
const UNSENT: usize = 64 * 1024;
/// The most HTTP/2 streams that a client may have reset before we took them up.
const RESETS: usize = 20;

/// Serves `endpoint` on `listener` until `shutdown` is requested and what was begun has ended.
pub(crate) async fn serve<E>(
    listener: TcpListener,
    endpoint: Arc<E>,
    shutdown: Shutdown,
    caps: Caps,
) where
    E: Endpoint + 'static,
{
    let builder = Arc::new(builder());
    let mut connections = JoinSet::new();
    loop {
        tokio::select! {
            () = shutdown.requested() => break,
            Some(_) = connections.join_next() => {}
            accepted = listener.accept() => match accepted {
                Ok((socket, remote)) => {
                    let Some(place) = caps.enter(remote.ip()) else {
                        refuse(&socket);
                        continue;
                    };
                    let connection = Connection {
                        builder: builder.clone(),
                        endpoint: endpoint.clone(),
                        shutdown: shutdown.clone(),
                        heads: caps.heads.clone(),
                        caps: caps.clone(),
                    };
                    connections.spawn(connection.serve(socket, remote, place));
                }
                Err(error) => recover(&error).await,
            },
        }
    }
    drop(listener);
    let cut = shutdown.drained().await;
    if cut > 0 {
        tracing::info!(cut, "cut the connections that did not end in time");
    }
}

fn builder() -> auto::Builder<TokioExecutor> {
    let mut builder = auto::Builder::new(TokioExecutor::new());
    builder
        .http1()
        .timer(TokioTimer::new())
        .header_read_timeout(HEADERS)
        .max_headers(HEADER_COUNT)
        .max_buf_size(LONG);
    builder
        .http2()
        .timer(TokioTimer::new())
        .max_concurrent_streams(STREAMS)
        .initial_stream_window_size(WINDOW)
        .initial_connection_window_size(WINDOWS)
        .max_send_buf_size(UNSENT)
        .max_pending_accept_reset_streams(RESETS)
        .max_header_list_size(u32::try_from(LONG).unwrap_or(u32::MAX))
        .keep_alive_interval(PING)
        .keep_alive_timeout(PING);
    builder
}

/// What each connection shares with all.
struct Connection<E> {
    builder: Arc<auto::Builder<TokioExecutor>>,
    endpoint: Arc<E>,
    shutdown: Shutdown,
    heads: HeadPlaces,
    caps: Caps,
}

impl<E: Endpoint + 'static> Connection<E> {
    async fn serve(self, socket: TcpStream, remote: SocketAddr, place: OpenConnection) {
        // A connection that its client has closed already is not worth a word.
        let Ok(local) = socket.local_addr().and_then(|local| {
            prepare(&socket)?;
            Ok(local)
        }) else {
            return;
        };
        let heads = Arc::new(HeadGauge::new(self.heads));
        let written = Arc::new(Written::default());
        let counts = (heads.clone(), written.clone());
        let stream = Stream::new(socket, (place, self.shutdown.guard()), counts);
        let to_client = stream.to_client();
        let asked = Arc::new(AtomicBool::new(false));
        let service = hyper::service::service_fn({
            let (endpoint, caps, asked) = (self.endpoint, self.caps, asked.clone());
            move |mut request: http::Request<Incoming>| {
                asked.store(true, Ordering::Relaxed);
                let switched = request.extensions_mut().remove::<OnUpgrade>();
                if let Some(switched) = switched {
                    let way_out = WayOut::new(Arc::clone(&to_client), switched);
                    request.extensions_mut().insert(way_out);
                }
                let (heads, written) = (heads.clone(), written.clone());
                let long = heads.take_long(size_of(request.headers()));
                let answered = match long {
                    Ok(place) => {
                        let (endpoint, caps) = (endpoint.clone(), caps.clone());
                        let answered = answer(endpoint, caps, request, (local, remote));
                        Either::Left(held(place, answered))
                    }
                    // The request goes here, before anything waits.
                    Err(_) => Either::Right(ready(
                        refusal(StatusCode::SERVICE_UNAVAILABLE, SOON, BUSY).into(),
                    )),
                };
                async move {
                    let answer = carried(answered, &heads, written).await;
                    match answer.extensions().get::<HangUp>() {
                        Some(_) => Err(HangUp),
                        None => Ok(answer),
                    }
                }
            }
        });
        let stream = TokioIo::new(stream);
        let serving = self.builder.serve_connection_with_upgrades(stream, service);
        tokio::pin!(serving);
        let ended = tokio::select! {
            ended = &mut serving => Some(ended),
            () = silence(&asked) => return,
            () = self.shutdown.requested() => None,
        };
        let ended = if let Some(ended) = ended {
            ended
        } else {
            serving.as_mut().graceful_shutdown();
            serving.await
        };
        if let Err(error) = ended {
            tracing::debug!(%error, %remote, "a connection broke");
        }
    }
}

/// Ends when a connection has not asked for anything in time; else never. It covers the time before
/// hyper knows which HTTP it speaks.
async fn silence(asked: &AtomicBool) {
    sleep(HEADERS).await;
    if asked.load(Ordering::Relaxed) {
        std::future::pending::<()>().await;
    }
}

/// On an answer that is not to be given: its connection ends without one, or its stream, where HTTP/2 has several.
#[derive(Clone, Copy, Debug, thiserror::Error)]
#[error("the connection was to end without an answer")]
pub(crate) struct HangUp;

/// How many bytes names and values have.
fn size_of(headers: &HeaderMap) -> usize {
    let sizes = headers
        .iter()
        .map(|(name, value)| name.as_str().len() + value.len());
    sizes.sum()
}

/// What comes of this, and `place` until then.
async fn held<T, F: Future>(place: T, coming: F) -> F::Output {
    let _place = place;
    coming.await
}

type AnswerBody = http_body_util::combinators::BoxBody<bytes::Bytes, io::Error>;

/// An answer as its connection sends it. After a long head the connection ends, and with it the buffer that
/// grew for it.
async fn carried(
    answered: impl Future<Output = http::Response<AnswerBody>>,
    heads: &Arc<HeadGauge>,
    written: Arc<Written>,
) -> http::Response<Paced<AnswerBody>> {
    let answering = heads.answering();
    let mut response = answered.await;
    if answering.is_long() && response.status() != StatusCode::SWITCHING_PROTOCOLS {
        let close = HeaderValue::from_static("close");
        response.headers_mut().insert(header::CONNECTION, close);
    }
    response.map(|body| Paced::new(body, written))
}

async fn answer<E: Endpoint>(
    endpoint: Arc<E>,
    caps: Caps,
    request: http::Request<Incoming>,
    (local, peer): (SocketAddr, SocketAddr),
) -> http::Response<AnswerBody> {
    let remote = caps.client(peer, request.headers());
    let client = remote.ip();
    let size = request.body().size_hint();
    let mut request = request_of(request, local, remote);
    let counted = Who::at(client);
    if counted.is_some_and(|who| !caps.traffic.has_left(who)) {
        caps.refusals().count(Reason::AddressBytes, counted);
        return refusal(StatusCode::TOO_MANY_REQUESTS, AN_HOUR, USED_UP).into();
    }
    let mut place = None;
    if remote != peer {
        place = caps.bring(client);
        if place.is_none() {
            return refusal(StatusCode::SERVICE_UNAVAILABLE, SOON, CROWDED).into();
        }
    }
    let _place = match caps.take_up(client) {
        Ok(place) => place,
        Err(reason) => {
            let is_own = reason == Reason::AddressConnections;
            let sentence = if is_own { CROWDED } else { BUSY };
            return refusal(StatusCode::SERVICE_UNAVAILABLE, SOON, sentence).into();
        }
    };
    // Held until the answer is there: by then the body was read and is done with.
    let _share = match caps.take_body(size, client) {
        Ok(share) => share,
        Err(refused) => {
            let sentence = refused.to_string();
            return refusal(StatusCode::SERVICE_UNAVAILABLE, SOON, &sentence).into();
        }
    };
    if let Some(who) = counted {
        caps.traffic.add(who, size.lower());
    }
    // What it gets counts as everybody's does.
    if caps.blocks().has_address(client) {
        request.extensions_mut().insert(ShutOut);
    }
    let way_out = request.extensions().get::<WayOut>();
    let to_client = place.as_ref().and(way_out).map(WayOut::to_client);
    // In a box that only a request which is taken up has: what a request keeps in its task is kept for each of the
    // thousands that may come at once, before any of them is looked at.
    let answer = Box::pin(endpoint.get_response(request)).await;
    if answer.status() == StatusCode::SWITCHING_PROTOCOLS
        && let (Some(to_client), Some(place)) = (to_client, place.take())
    {
        // The proxy has a connection for this socket alone.
        to_client.hold(place);
    }
    let mut answer: http::Response<AnswerBody> = answer.into();
    if remote != peer {
        // A proxy could take it for a fault of the whole site.
        answer.extensions_mut().remove::<HangUp>();
    }
    if counted.is_none() && place.is_none() {
        return answer;
    }
    let counts = (caps.traffic, counted);
    answer.map(|body| Counted::new(body, counts, place).boxed())
}

/// The request for the endpoint, with a body that is read to its end however it is answered.
fn request_of(
    request: http::Request<Incoming>,
    local: SocketAddr,
    remote: SocketAddr,
) -> poem::Request {
    let (local, remote) = (LocalAddr(local.into()), RemoteAddr(remote.into()));
    let mut request = poem::Request::from((request, local, remote, Scheme::HTTP));
    let body = request.take_body().into();
    request.set_body(ReadToEnd::new(body).boxed());
    request
}

/// What an address reads that has asked for one thing too many.
const CROWDED: &str =
    "Too many pages and streams are open from your address: close some, and try again in a moment.";
/// What is read where the whole site has one request too many.
const BUSY: &str = "The site is answering as many requests as it can: try again in a moment.";
/// What an address reads that has had all of its day.
const USED_UP: &str = "Your address has sent and received as much as one may in a day: \
    come back tomorrow, or ask whoever runs the site.";

/// After how many seconds there may be room again.
const SOON: u32 = 2;
/// After how many an address that has had all of its day may ask whether the next one has begun.
const AN_HOUR: u32 = 60 * 60;

/// The answer to a request that is not taken up, with when to try again, in seconds.
fn refusal(status: StatusCode, retry_after: u32, sentence: &str) -> poem::Response {
    poem::Response::builder()
        .status(status)
        .content_type("text/plain; charset=utf-8")
        .header(header::RETRY_AFTER, retry_after)
        .body(format!("{sentence}\n"))
}

/// A request from an address that is blocked; left in its extensions for the endpoint, which says so and does nothing else.
#[derive(Clone, Copy, Debug)]
pub(crate) struct ShutOut;

/// Small answers leave at once; a client that neither reads nor lives does not stay.
fn prepare(socket: &TcpStream) -> io::Result<()> {
    socket.set_nodelay(true)?;
    rustix::net::sockopt::set_socket_keepalive(socket, true)?;
    let unread = u32::try_from(UNREAD.as_millis()).unwrap_or(u32::MAX);
    rustix::net::sockopt::set_tcp_user_timeout(socket, unread)?;
    // Else the kernel takes megabytes for each who does not read, which costs the time to make them and the memory to
    // keep them.
    SockRef::from(socket).set_tcp_notsent_lowat(WAITING)
}

/// Says that there is no room, if the socket takes it at once.
fn refuse(socket: &TcpStream) {
    const FULL: &[u8] = b"HTTP/1.1 503 Service Unavailable\r\n\
        Content-Type: text/plain; charset=utf-8\r\nContent-Length: 53\r\n\
        Retry-After: 2\r\nConnection: close\r\n\r\n\
        Too many connections are open: try again in a moment\n";
    // A client that is gone, or too slow to take this, is refused all the same.
    let _ = socket.try_write(FULL);
}

/// Waits when the system is out of descriptors or memory; the other faults are one client's.
async fn recover(error: &io::Error) {
    let client_is_gone = matches!(
        error.kind(),
        io::ErrorKind::ConnectionAborted
            | io::ErrorKind::ConnectionReset
            | io::ErrorKind::Interrupted
    );
    if !client_is_gone {
        tracing::warn!(%error, "cannot accept connections; pausing");
        sleep(PAUSE).await;
    }
}

#[cfg(test)]
mod hostile_tests;
#[cfg(test)]
#[path = "listen_tests.rs"]
mod tests;
