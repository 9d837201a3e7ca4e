//! The end of the program: whoever serves something long, a socket or a stream, waits for
//! [`Shutdown::requested`] beside it, says goodbye, and drops its [`Guard`]; the program waits for
//! all guards before it ends.

use std::io;
use std::sync::Arc;
use std::time::{Duration, Instant};

use tokio::signal::unix::{Signal, SignalKind, signal};
use tokio::sync::watch;
use tokio::time::timeout;
use tokio_util::sync::CancellationToken;

/// How long open connections may take to end. With the database's end it stays under 5 s.
pub(crate) const DRAIN: Duration = Duration::from_secs(4);

/// A second signal within this time is the first one's echo: `timeout` and package managers' scripts
/// signal both the program and its group.
const AGAIN: Duration = Duration::from_secs(1);

/// A handle to the program's end; clones share it.
#[derive(Clone, Debug)]
pub(crate) struct Shutdown {
    requested: CancellationToken,
    live: Arc<watch::Sender<usize>>,
}

impl Shutdown {
    /// An end that nobody has asked for yet.
    #[must_use]
    pub(crate) fn new() -> Self {
        Self {
            requested: CancellationToken::new(),
            live: Arc::new(watch::Sender::new(0)),
        }
    }

    /// An end that Ctrl-C, SIGTERM and SIGHUP ask for. Whoever asks again after [`AGAIN`] does not want to
    /// wait: that ends the process at once.
    pub(crate) fn on_signals() -> io::Result<Self> {
        let shutdown = Self::new();
        let mut interrupt = signal(SignalKind::interrupt())?;
        let mut terminate = signal(SignalKind::terminate())?;
        // A terminal that is closed, and service managers that restart by it; not where it is to be ignored (`nohup`).
        let hang_up = (!ignores_hang_up()).then(|| signal(SignalKind::hangup()));
        let mut hang_up = hang_up.transpose()?;
        let asked = shutdown.clone();
        tokio::spawn(async move {
            any(&mut interrupt, &mut terminate, hang_up.as_mut()).await;
            asked.request();
            let first = Instant::now();
            while first.elapsed() < AGAIN {
                any(&mut interrupt, &mut terminate, hang_up.as_mut()).await;
            }
            std::process::exit(1);
        });
        Ok(shutdown)
    }

    /// Asks everything to end.
    pub(crate) fn request(&self) {
        self.requested.cancel();
    }

    /// Waits until the end is asked for.
    pub(crate) async fn requested(&self) {
        self.requested.cancelled().await;
    }

    /// What the end waits for, until it is dropped.
    #[must_use]
    pub(crate) fn guard(&self) -> Guard {
        self.live.send_modify(|live| *live += 1);
        Guard {
            live: self.live.clone(),
        }
    }

    /// Waits until all guards are dropped, at most [`DRAIN`]; answers how many are left.
    pub(crate) async fn drained(&self) -> usize {
        let mut live = self.live.subscribe();
        // A time-out leaves some; the count below says how many.
        let _ = timeout(DRAIN, live.wait_for(|live| *live == 0)).await;
        *self.live.borrow()
    }
}

impl Default for Shutdown {
    fn default() -> Self {
        Self::new()
    }
}

/// Whether whoever started us wants us to outlive the terminal.
fn ignores_hang_up() -> bool {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let ignored = status.lines().find_map(|line| line.strip_prefix("SigIgn:"));
    let ignored = ignored.and_then(|mask| u64::from_str_radix(mask.trim(), 16).ok());
    // The signal's number is 1, and its bit the lowest.
    ignored.is_some_and(|mask| mask & 1 == 1)
}

async fn any(interrupt: &mut Signal, terminate: &mut Signal, hang_up: Option<&mut Signal>) {
    let closed = async {
        match hang_up {
            Some(hang_up) => hang_up.recv().await,
            None => std::future::pending().await,
        }
    };
    tokio::select! {
        _ = closed => {}
        _ = interrupt.recv() => {}
        _ = terminate.recv() => {}
    }
}

/// Something that is to end before the program does.
#[derive(Debug)]
pub(crate) struct Guard {
    live: Arc<watch::Sender<usize>>,
}

impl Drop for Guard {
    fn drop(&mut self) {
        self.live.send_modify(|live| *live -= 1);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn the_end_waits_for_what_is_live() {
        let shutdown = Shutdown::new();
        let guard = shutdown.guard();
        let socket = tokio::spawn({
            let shutdown = shutdown.clone();
            async move {
                shutdown.requested().await;
                drop(guard);
            }
        });
        assert!(!shutdown.requested.is_cancelled());
        shutdown.request();
        assert_eq!(shutdown.drained().await, 0);
        assert!(shutdown.requested.is_cancelled());
        socket.await.expect("the socket ended");
        shutdown.requested().await;
    }
}
