//! `hxlab run DIR`: one project as a live sandbox, at the root of one address, whatever the host.

use std::path::Path;
use std::sync::Arc;

use poem::{Request, endpoint};

use super::files;
use super::start::Start;
use super::stop::Stop;
use crate::engine::{Engine, EngineSettings};
use crate::settings::{Flags, ListenFlags, Settings};
use crate::web::fault::{Fault, Faults, Missing};
use crate::web::front::healthy;

pub(super) async fn run(folder: &Path, flags: ListenFlags) -> Result<(), Stop> {
    let settings = Settings::read(&Flags::from(flags))?;
    let project = files::project(folder)?;
    let start = Start::listen(&settings).await?;
    let engine = Engine::start(&EngineSettings::default()).await?;

    let _ = (project, engine);
    let sandbox = endpoint::make(|request: Request| async move {
        let missing = || poem::Error::from(Fault::NotFound(Missing::Page));
        healthy(&request).ok_or_else(missing)
    });
    start
        .serve(Faults::around(sandbox, Arc::new(|_, _| None)))
        .await;
    Ok(())
}
