//! The way in for whoever runs the site: a Unix socket in the data folder, at which `hxlab top`, `stop` and `block` ask.
//!
//! [`ControlSocket::listen`] makes the socket: under another name first, closed to others, and then in the place of one
//! that a killed program may have left. [`ControlSocket::serve`] answers one [`Order`] for each connection, from the
//! program's own user and from root alone. The socket is removed at the end.

mod figures;
mod names;
mod orders;
pub(crate) mod wire;

use std::fs::{self, Permissions};
use std::io;
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::{Duration, Instant};

use tokio::io::{AsyncBufReadExt, AsyncReadExt, AsyncWriteExt, BufReader};
use tokio::net::{UnixListener, UnixStream};
use tokio::task::{JoinSet, spawn_blocking};
use tokio::time::timeout;

use super::listen::Caps;
use super::site::Site;
use wire::{ORDER, Order, Reply};

/// The socket's file in the data folder.
pub(crate) const FILE: &str = "control";
/// The most who ask at once; the others wait.
const ASKERS: usize = 8;
/// Whoever has connected has so long to ask, and to take the answer.
const WITHIN: Duration = Duration::from_secs(10);

/// What orders are carried out on.
#[derive(Clone)]
pub(crate) struct Control {
    site: Arc<Site>,
    caps: Caps,
    /// When the program began.
    began: Instant,
}

/// A socket that listens; dropping it removes it.
pub(crate) struct ControlSocket {
    listener: UnixListener,
    path: PathBuf,
}

impl ControlSocket {
    /// Listens in this folder, which must be ours alone.
    pub(crate) fn listen(folder: &Path) -> io::Result<Self> {
        let path = folder.join(FILE);
        let new = folder.join("control.new");
        remove(&new)?;
        let listener = UnixListener::bind(&new)?;
        fs::set_permissions(&new, Permissions::from_mode(0o600))?;
        fs::rename(&new, &path)?;
        Ok(Self { listener, path })
    }

    /// Answers until it is dropped.
    pub(crate) async fn serve(self, control: Control) {
        let mut askers = JoinSet::new();
        loop {
            if askers.len() >= ASKERS {
                askers.join_next().await;
            }
            match self.listener.accept().await {
                Ok((stream, _)) => {
                    askers.spawn(control.clone().answer(stream));
                }
                Err(error) => {
                    tracing::warn!(%error, "cannot accept orders; pausing");
                    tokio::time::sleep(Duration::from_secs(1)).await;
                }
            }
            while askers.try_join_next().is_some() {}
        }
    }
}

impl Drop for ControlSocket {
    fn drop(&mut self) {
        // One that cannot be removed is replaced by the next program.
        let _ = remove(&self.path);
    }
}

fn remove(path: &Path) -> io::Result<()> {
    match fs::remove_file(path) {
        Err(error) if error.kind() != io::ErrorKind::NotFound => Err(error),
        _ => Ok(()),
    }
}

impl Control {
    #[must_use]
    pub(crate) fn new(site: Arc<Site>, caps: Caps) -> Self {
        Self {
            site,
            caps,
            began: Instant::now(),
        }
    }

    /// Whoever breaks off, or takes too long, has no answer.
    async fn answer(self, stream: UnixStream) {
        if let Ok(Err(error)) = timeout(WITHIN * 3, self.exchange(stream)).await {
            tracing::debug!(%error, "whoever asked at the control socket is gone");
        }
    }

    async fn exchange(self, mut stream: UnixStream) -> io::Result<()> {
        let user = stream.peer_cred()?.uid();
        let own = rustix::process::geteuid().as_raw();
        if user != own && user != 0 {
            return Ok(());
        }
        let (read, mut write) = stream.split();
        let mut line = String::new();
        let mut reader = BufReader::new(read.take(ORDER as u64));
        timeout(WITHIN, reader.read_line(&mut line)).await??;
        let reply = match serde_json::from_str(&line) {
            Ok(order) => self.carry_out(order).await,
            Err(error) => Reply::Refused(format!(
                "this hxlab does not understand the question ({error}); ask with the same version, {}",
                env!("CARGO_PKG_VERSION")
            )),
        };
        let reply = serde_json::to_string(&reply)? + "\n";
        timeout(WITHIN, write.write_all(reply.as_bytes())).await?
    }

    async fn carry_out(&self, order: Order) -> Reply {
        match order {
            Order::Figures => {
                let control = self.clone();
                match spawn_blocking(move || figures::collect(&control)).await {
                    Ok(figures) => Reply::Figures(Box::new(figures)),
                    Err(error) => Reply::Refused(format!("the figures cannot be told: {error}")),
                }
            }
            Order::Stop(name) => self.stop(&name).await,
            Order::Block(name) => self.block(&name).await,
            Order::Unblock(name) => self.unblock(&name).await,
            Order::Blocked => self.blocked().await,
        }
    }
}
