//! A request to a learner's server without a browser: it has the headers that whoever asks writes, and does not
//! cross the network.

use std::time::Duration;

use crate::engine::message::HeaderList;
use crate::sandbox::{Pieces, RequestHead, Sandbox, SandboxGone, SandboxResponse, Unavailable};

/// As much of a body as is read, in bytes.
const TEXT_LIMIT: usize = 256 * 1024;
/// How long a body that does not end is read.
const READ_FOR: Duration = Duration::from_secs(1);

/// What is asked.
#[derive(Default)]
pub(super) struct DirectRequest {
    /// `GET`, `POST`, …
    pub(super) method: String,
    /// Path and query.
    pub(super) path: String,
    /// Without `Host`.
    pub(super) headers: HeaderList,
    pub(super) body: Vec<u8>,
    /// Whether it asks for a WebSocket, which is closed as soon as it is open.
    pub(super) is_handshake: bool,
    /// Who asks, as the wire names it.
    pub(super) name: &'static str,
}

/// What came back.
pub(super) struct DirectAnswer {
    /// The number of its entry on the wire.
    pub(super) entry: u64,
    pub(super) status: u16,
    /// Whether the learner has connections refused: nothing came back, and the status is a proxy's.
    pub(super) is_refused: bool,
    pub(super) headers: HeaderList,
    /// The body's beginning; of one that does not end, what comes within a second.
    pub(super) text: String,
}

/// Asks the server of a sandbox at this address.
pub(super) async fn ask(
    sandbox: &Sandbox,
    address: &str,
    asked: DirectRequest,
) -> Result<DirectAnswer, SandboxGone> {
    let origin = address.trim_end_matches('/');
    let host = origin.split_once("://").map_or(origin, |(_, host)| host);
    let mut headers = vec![("host".to_owned(), host.to_owned())];
    headers.extend(asked.headers);
    let head = RequestHead {
        method: asked.method,
        url: format!("{origin}{}", asked.path),
        path: asked.path,
        headers,
        remote: "127.0.0.1".to_owned(),
        name: Some(asked.name),
        upgrade: asked.is_handshake,
        ..RequestHead::default()
    };
    let mut is_refused = false;
    let (entry, status, headers, text) = match sandbox.request(head, asked.body, None).await? {
        SandboxResponse::Whole { response, body } => {
            let text = String::from_utf8_lossy(&body).into_owned();
            (response.entry, response.status, response.headers, text)
        }
        SandboxResponse::Stream { response, pieces } => {
            let text = beginning(pieces).await;
            (response.entry, response.status, response.headers, text)
        }
        SandboxResponse::Socket { entry, headers, .. } => (entry, 101, headers, String::new()),
        SandboxResponse::Unavailable { entry, why } => {
            is_refused = why == Unavailable::Refused;
            (entry, why.status(), HeaderList::new(), String::new())
        }
    };
    Ok(DirectAnswer {
        entry,
        status,
        is_refused,
        headers,
        text,
    })
}

async fn beginning(mut pieces: Pieces) -> String {
    let mut text = Vec::new();
    let read = async {
        while let Some(Ok(piece)) = pieces.next().await {
            text.extend_from_slice(&piece);
            if text.len() > TEXT_LIMIT {
                break;
            }
        }
    };
    let _ = tokio::time::timeout(READ_FOR, read).await;
    String::from_utf8_lossy(&text).into_owned()
}
