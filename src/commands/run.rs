//! `hxlab run DIR`: one project as a live sandbox, at the root of one address, whatever the host.

use std::path::Path;
use std::sync::Arc;

use super::files;
use super::start::{Start, announce, engine};
use super::stop::Stop;
use crate::assets::Templates;
use crate::sandbox::Sandbox;
use crate::settings::{Flags, ListenFlags, Settings};
use crate::web::fault::FaultAnswers;
use crate::web::gateway::{Gateway, OneDoor};

pub(super) async fn run(folder: &Path, flags: ListenFlags) -> Result<(), Stop> {
    let settings = Settings::read(&Flags::from(flags))?;
    let project = files::project(folder)?;
    let templates = Templates::new().map_err(|error| Stop::new(error.to_string()))?;
    let start = Start::listen(&settings).await?;
    let engine = engine(&settings.unsafe_without, settings.rehearsal).await?;

    let url = format!("http://{}/", start.reachable());
    let door = OneDoor {
        sandbox: Sandbox::new(engine, settings.limits.clone(), url, project),
        gateway: Gateway::new(None, "http", Arc::new(templates), start.shutdown.clone()),
    };
    announce(start.reachable());
    start
        .serve(FaultAnswers::around(door, Arc::new(|_, _| None)))
        .await;
    Ok(())
}
