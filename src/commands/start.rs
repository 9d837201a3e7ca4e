//! What `serve` and `run` have in common: a listening socket, its announcement, and the end.

use std::io::Write;
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr};
use std::ops::RangeInclusive;
use std::path::Path;
use std::sync::Arc;

use poem::Endpoint;
use tokio::net::TcpListener;
use tokio::sync::mpsc;
use tokio::task::JoinSet;
use url::Url;

use super::control::is_too_long;
use super::stop::Stop;
use crate::blocks::Blocks;
use crate::budget::{Budget, Refusals};
use crate::engine::{Engine, EngineSettings};
use crate::sandbox::addresses::Ports;
use crate::settings::Settings;
use crate::settings::layer::Without;
use crate::web::control::{self, Control, ControlSocket};
use crate::web::listen::{self, Caps, ListenLimits};
use crate::web::metrics::Metrics;
use crate::web::requests::{Requests, Watched};
use crate::web::shutdown::Shutdown;
use crate::web::site::Site;

/// A socket that listens, and does not answer yet.
pub(super) struct Start {
    listener: TcpListener,
    /// Where it listens, with the port that it got.
    pub(super) address: SocketAddr,
    pub(super) shutdown: Shutdown,
    /// The memory that clients may have held for them.
    pub(super) budget: Budget,
    /// What is told of requests.
    pub(super) requests: Requests,
    /// Where figures are asked for.
    figures: Option<TcpListener>,
    caps: Caps,
    /// What else is listened to, as soon as it is.
    more: mpsc::UnboundedReceiver<TcpListener>,
    add: mpsc::UnboundedSender<TcpListener>,
}

impl Start {
    /// Listens where the settings say; who is turned away is counted there.
    pub(super) async fn listen(
        settings: &Settings,
        refusals: Refusals,
        blocks: Blocks,
    ) -> Result<Self, Stop> {
        let fault = |error: std::io::Error| Stop::listen(settings.listen, "--listen", &error);
        let listener = TcpListener::bind(settings.listen).await.map_err(fault)?;
        let address = listener.local_addr().map_err(fault)?;
        let shutdown = Shutdown::on_signals()
            .map_err(|error| Stop::new(format!("cannot wait for signals: {error}")))?;
        let requests = Requests::new(refusals.clone());
        let budget = Budget::new(settings.budget, refusals);
        let limits = ListenLimits {
            connections: settings.connections,
            per_address: settings.connections_per_address,
            loopback_counts: false,
            bytes_a_day: settings.bytes_per_address,
            trusted: settings.trusted_proxies.clone(),
        };
        let caps = Caps::new(limits, budget.clone(), blocks);
        let figures = match settings.metrics {
            Some(address) => {
                let listener = TcpListener::bind(address).await;
                Some(listener.map_err(|error| Stop::listen(address, "--metrics", &error))?)
            }
            None => None,
        };
        let (add, more) = mpsc::unbounded_channel();
        Ok(Self {
            listener,
            address,
            shutdown,
            budget,
            requests,
            figures,
            caps,
            more,
            add,
        })
    }

    /// Where this machine reaches what listens here, as a URL's host and port.
    pub(super) fn reachable(&self) -> SocketAddr {
        let ip = match self.address.ip() {
            IpAddr::V4(Ipv4Addr::UNSPECIFIED) => Ipv4Addr::LOCALHOST.into(),
            IpAddr::V6(Ipv6Addr::UNSPECIFIED) => Ipv6Addr::LOCALHOST.into(),
            ip => ip,
        };
        SocketAddr::new(ip, self.address.port())
    }

    /// Ports of sandboxes at this address; each is listened to when it is first needed.
    pub(super) fn ports(&self, site: &Url, range: RangeInclusive<u16>) -> Arc<Ports> {
        let (ip, add) = (self.address.ip(), self.add.clone());
        let open = move |port| {
            let listener = std::net::TcpListener::bind((ip, port))?;
            listener.set_nonblocking(true)?;
            // Who answers there is gone only when the program ends.
            let _ = add.send(TcpListener::from_std(listener)?);
            Ok(())
        };
        let host = site.host_str().unwrap_or_default().to_owned();
        Arc::new(Ports::new(host, range, Box::new(open)))
    }

    /// Tells an operator's monitoring how the site does, until the end, where that was asked for.
    pub(super) fn serve_figures(&mut self, site: Arc<Site>) {
        let Some(listener) = self.figures.take() else {
            return;
        };
        let metrics = Arc::new(Metrics::new(site, self.caps.clone()));
        let caps = Caps::new(
            ListenLimits {
                connections: 16,
                per_address: 16,
                loopback_counts: true,
                bytes_a_day: u64::MAX,
                trusted: Vec::new(),
            },
            self.budget.clone(),
            Blocks::default(),
        );
        tokio::spawn(listen::serve(
            listener,
            metrics,
            self.shutdown.clone(),
            caps,
        ));
    }

    /// Carries out what whoever runs the site asks for at the data folder's socket, until this is dropped. A site
    /// without one serves all the same.
    pub(super) fn obey(&self, site: Arc<Site>, folder: &Path) -> JoinSet<()> {
        let mut tasks = JoinSet::new();
        let control = Control::new(site, self.caps.clone());
        tasks.spawn(control.clone().follow_blocks());
        match ControlSocket::listen(folder) {
            Ok(socket) => {
                tasks.spawn(socket.serve(control));
            }
            Err(error) => {
                let path = folder.join(control::FILE);
                let too_long = "its path is longer than a socket's may be; a shorter --data helps";
                let error = error.to_string();
                let why = if is_too_long(&path) { too_long } else { &error };
                tracing::warn!(path = %path.display(), why, "hxlab top, stop and block cannot ask this hxlab");
            }
        }
        tasks
    }

    /// Answers until the end.
    pub(super) async fn serve<E: Endpoint + 'static>(mut self, endpoint: E) {
        let endpoint = Arc::new(Watched::around(endpoint, self.requests.clone()));
        let serve = |listener| {
            listen::serve(
                listener,
                endpoint.clone(),
                self.shutdown.clone(),
                self.caps.clone(),
            )
        };
        let main = serve(self.listener);
        tokio::pin!(main);
        loop {
            tokio::select! {
                () = &mut main => return,
                Some(listener) = self.more.recv() => {
                    tokio::spawn(serve(listener));
                }
            }
        }
    }
}

/// Starts the engine that learners' servers run in; says in the log what their jail lacks.
pub(super) async fn engine(without: &Without, rehearsal: bool) -> Result<Engine, Stop> {
    for layer in without {
        let promise = layer.promise();
        tracing::warn!(
            "learners' servers run without {layer}, the layer of their jail that makes \
                        sure of this: {promise}"
        );
    }
    let engine = EngineSettings {
        without: without.clone(),
        rehearsal,
        ..EngineSettings::default()
    };
    Ok(Engine::start(&engine).await?)
}

/// Says where it listens, on the first line of standard output.
pub(super) fn announce(address: SocketAddr) {
    let mut out = std::io::stdout().lock();
    // Whoever started us may have closed their end; the site works without a reader.
    let _ = writeln!(out, "listening on http://{address}/").and_then(|()| out.flush());
}
