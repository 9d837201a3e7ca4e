//! Two pipes of a Chromium (`--remote-debugging-pipe`): each message ends with a NUL byte.

use tokio::io::{AsyncBufReadExt, AsyncRead, AsyncWrite, AsyncWriteExt, BufReader};
use tokio::sync::mpsc;

use super::PendingCommands;

pub(super) async fn write(
    mut queue: mpsc::UnboundedReceiver<String>,
    mut to: impl AsyncWrite + Unpin,
) {
    while let Some(message) = queue.recv().await {
        // A browser that is gone is told of by the other pipe.
        if to
            .write_all(format!("{message}\0").as_bytes())
            .await
            .is_err()
        {
            return;
        }
    }
}

pub(super) async fn read(from: impl AsyncRead + Unpin, waiting: PendingCommands) {
    let mut from = BufReader::new(from);
    let mut bytes = Vec::new();
    while matches!(from.read_until(0, &mut bytes).await, Ok(count) if count > 0) {
        waiting.hear(bytes.strip_suffix(&[0]).unwrap_or(&bytes));
        bytes.clear();
    }
    waiting.end();
}
