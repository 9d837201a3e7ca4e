//! `hxlab run DIR` or `hxlab run FILE`: one project as a live sandbox, at the root of one address, whatever the
//! host, for somebody at a terminal.
//!
//! The folder is read ([`folder`]) and the server started at once; from then on its files are watched ([`watch`]),
//! and each change starts it anew. What the server says, and what goes wrong with it, is printed ([`terminal`]).

mod browser;
mod folder;
mod terminal;
mod watch;

use std::path::{Path, PathBuf};
use std::sync::Arc;

use super::start::{Start, announce, engine};
use super::stop::Stop;
use crate::assets::Templates;
use crate::blocks::Blocks;
use crate::budget::Refusals;
use crate::sandbox::Sandbox;
use crate::settings::{Flags, ListenFlags, Settings};
use crate::web::fault::FaultAnswers;
use crate::web::gateway::{Gateway, LeftOut, OneDoor};
use folder::ProjectFolder;
use terminal::Terminal;

/// What the command line says.
#[derive(clap::Args)]
pub(super) struct RunArguments {
    /// The project's folder, or the file of it that is the server (server.js, server.ts, …)
    #[arg(value_name = "DIR|FILE")]
    path: PathBuf,
    /// Open the address in a browser
    #[arg(long)]
    open: bool,
    /// Print what crosses the wire: requests, WebSocket messages, server-sent events
    #[arg(long)]
    wire: bool,
    #[command(flatten)]
    flags: ListenFlags,
}

pub(super) async fn run(asked: RunArguments) -> Result<(), Stop> {
    let settings = Settings::read(&Flags::from(asked.flags))?;
    let folder = ProjectFolder::of(&asked.path)?;
    let read = folder.read()?;
    let templates = Templates::new().map_err(|error| Stop::new(error.to_string()))?;
    let start = Start::listen(&settings, Refusals::default(), Blocks::default()).await?;
    let engine = engine(&settings.unsafe_without, settings.rehearsal).await?;

    let url = format!("http://{}/", start.reachable());
    let project = read.project.clone();
    let sandbox = Sandbox::new(engine, settings.limits.clone(), url.clone(), project);
    let left_out = LeftOut::default();
    left_out.set(read.not_held.clone());
    let door = OneDoor {
        left_out: left_out.clone(),
        sandbox: sandbox.clone(),
        gateway: Gateway::new(None, "http", Arc::new(templates), start.shutdown.clone()),
    };
    announce(start.reachable());
    let terminal = Terminal::new(asked.wire);
    terminal.left_out(&read.left_out);
    tokio::spawn(terminal.clone().follow(sandbox.watch()));
    tokio::spawn(watch::run_on_change(
        sandbox,
        folder,
        read,
        (terminal, left_out),
    ));
    if asked.open {
        browser::open(&url);
    }
    start
        .serve(FaultAnswers::around(door, Arc::new(|_, _| None)))
        .await;
    Ok(())
}

/// A path as a person reads it.
fn shown(path: &Path) -> String {
    path.display().to_string()
}
