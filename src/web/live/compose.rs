//! What a learner sends from the workbench: a request to their server, or something on a line that is open there.
//!
//! It goes into the learner's own sandbox and nowhere else, by no network. The page writes all headers, also those
//! that a browser keeps to itself (`Origin`, `Cookie`, `Sec-Fetch-Site`), so that it can ask as another origin would.

use http::uri::PathAndQuery;
use http::{HeaderName, Method};
use poem::handler;
use poem::web::Json;
use serde::{Deserialize, Serialize};

use crate::engine::message::{HeaderList, RequestId, SocketId};
use crate::learning::Desk;
use crate::sandbox::Composed;
use crate::sandbox::entry::Direction;
use crate::sandbox::eventstream::StreamEvent;
use crate::web::direct::{self, DirectRequest};
use crate::web::fault::Fault;
use crate::web::listen::SHORT_HEAD;
use crate::web::order::Order;

/// Who sends a composed request, as the wire names it.
const COMPOSER: &str = "Composer";
/// The largest thing that is sent, in bytes of its JSON.
const SENT_LIMIT: usize = 128 * 1024;
/// The most headers of a request.
const HEADERS_LIMIT: usize = 100;
/// The longest name of an event, and the longest id, in bytes.
const FIELD_LIMIT: usize = 1024;
/// What the gateway answers by itself, and no wire lists.
const OURS: &str = "/.hxlab/";

/// What is sent.
#[derive(Deserialize)]
#[serde(rename_all = "lowercase", deny_unknown_fields)]
enum Sent {
    Request(SentRequest),
    Frame(SentFrame),
    Event(SentEvent),
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct SentRequest {
    method: String,
    path: String,
    headers: HeaderList,
    body: String,
    /// Whether it asks for a WebSocket.
    handshake: bool,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct SentFrame {
    /// The socket's number on the wire.
    socket: u32,
    to: Side,
    text: String,
}

/// An end of a line.
#[derive(Clone, Copy, Deserialize)]
#[serde(rename_all = "lowercase")]
enum Side {
    Server,
    Browser,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct SentEvent {
    /// The stream's number on the wire.
    stream: u32,
    name: String,
    data: String,
    id: Option<String>,
}

/// What came of it.
#[derive(Serialize)]
struct Outcome {
    /// A request's status, where there was an answer.
    status: Option<u16>,
    /// Whether its connection was refused, since the learner has them refused.
    refused: bool,
    /// Its number on the wire.
    entry: Option<u64>,
}

/// `POST /lessons/:slug/send`
#[handler]
pub(crate) async fn send(
    Order { desk, sent }: Order<Sent, SENT_LIMIT>,
) -> Result<Json<Outcome>, Fault> {
    desk.is_open()?;
    let outcome = match sent {
        Sent::Request(sent) => request(&desk, sent).await?,
        Sent::Frame(sent) => on_line(&desk, frame(sent)).await?,
        Sent::Event(sent) => on_line(&desk, event(sent)?).await?,
    };
    Ok(Json(outcome))
}

async fn request(desk: &Desk, sent: SentRequest) -> Result<Outcome, Fault> {
    let method = Method::from_bytes(sent.method.trim().as_bytes()).ok();
    let method = method.filter(|it| *it != Method::CONNECT && it.as_str().len() <= 32);
    let method = method.ok_or_else(|| {
        Fault::unprocessable("A method is one word, such as GET or POST; CONNECT cannot be sent.")
    })?;
    let is_path = sent.path.starts_with('/') && !sent.path.contains('#');
    if !is_path || sent.path.parse::<PathAndQuery>().is_err() {
        let words = "A path begins with “/” and has neither spaces nor “#”: write “%20” and “%23” for them.";
        return Err(Fault::unprocessable(words));
    }
    if sent.path.starts_with(OURS) {
        let words = "Nothing was sent: paths below “/.hxlab/” are hxlab's own, and never reach your server. Choose another one.";
        return Err(Fault::unprocessable(words));
    }
    let headers = headers(sent.headers, sent.body.len())?;
    let asked = DirectRequest {
        method: method.as_str().to_owned(),
        path: sent.path,
        headers,
        body: sent.body.into_bytes(),
        is_handshake: sent.handshake,
        name: COMPOSER,
    };
    let (sandbox, address) = (desk.sandbox(), desk.address()?);
    let answer = direct::ask(sandbox, &address, asked).await;
    let answer = answer.map_err(Fault::internal)?;
    Ok(Outcome {
        status: (!answer.is_refused).then_some(answer.status),
        refused: answer.is_refused,
        entry: Some(answer.entry),
    })
}

/// Headers as a server gets them: the body's length is ours to say.
fn headers(sent: HeaderList, length: usize) -> Result<HeaderList, Fault> {
    let size: usize = sent
        .iter()
        .map(|(name, value)| name.len() + value.len())
        .sum();
    if sent.len() > HEADERS_LIMIT || size > SHORT_HEAD {
        let words = format!(
            "There are too many headers: a request may have at most {HEADERS_LIMIT}, and 32 KiB of them in all."
        );
        return Err(Fault::unprocessable(words));
    }
    let mut list = HeaderList::with_capacity(sent.len() + 1);
    for (name, value) in sent {
        let Ok(known) = HeaderName::from_bytes(name.as_bytes()) else {
            let words = format!("“{name}” cannot be a header's name: use letters, digits and “-”.");
            return Err(Fault::unprocessable(words));
        };
        if !value.chars().all(is_in_header) {
            let words = format!(
                "The value of “{name}” cannot be sent: it has a line break or a character that headers \
                 cannot hold: percent-encode it."
            );
            return Err(Fault::unprocessable(words));
        }
        if !matches!(
            known.as_str(),
            "host" | "content-length" | "transfer-encoding"
        ) {
            list.push((known.as_str().to_owned(), value.trim().to_owned()));
        }
    }
    if length > 0 {
        list.push(("content-length".to_owned(), length.to_string()));
    }
    Ok(list)
}

/// A character stands for a byte.
fn is_in_header(it: char) -> bool {
    it == '\t' || (!it.is_control() && u32::from(it) <= 0xff)
}

fn frame(sent: SentFrame) -> Composed {
    Composed::Frame {
        socket: SocketId(sent.socket),
        direction: match sent.to {
            Side::Server => Direction::In,
            Side::Browser => Direction::Out,
        },
        text: sent.text,
    }
}

fn event(sent: SentEvent) -> Result<Composed, Fault> {
    let is_field = |text: &str| text.len() <= FIELD_LIMIT && !text.contains(['\r', '\n', '\0']);
    if !is_field(&sent.name) || !sent.id.as_deref().is_none_or(is_field) {
        let words = "An event's name and its id are one line each, of at most 1,024 bytes.";
        return Err(Fault::unprocessable(words));
    }
    let name = match sent.name.as_str() {
        "" => "message",
        name => name,
    };
    let event = StreamEvent {
        name: name.to_owned(),
        data: sent.data.replace("\r\n", "\n").replace('\r', "\n"),
        id: sent.id,
        nth: None,
    };
    let stream = RequestId(sent.stream);
    Ok(Composed::Event { stream, event })
}

async fn on_line(desk: &Desk, composed: Composed) -> Result<Outcome, Fault> {
    let is_sent = desk.sandbox().compose(composed).await;
    if !is_sent.map_err(Fault::internal)? {
        let words = "Nothing was sent: this connection has closed, is busy, or is a stream that is compressed \
             or has a length. Choose another one.";
        return Err(Fault::unprocessable(words));
    }
    Ok(Outcome {
        status: None,
        refused: false,
        entry: None,
    })
}
