//! `hxlab serve`: the site.
//!
//! Its stages: settings → the course, whole or not at all → the database → the socket → the engine →
//! the announcement, and requests → at the end the connections, then the database.

use std::sync::Arc;

use poem::endpoint;

use super::files;
use super::start::Start;
use super::stop::Stop;
use crate::engine::{Engine, EngineSettings};
use crate::settings::{Flags, Settings};
use crate::store::Store;
use crate::web::fault::{Fault, Faults, Missing};
use crate::web::front::Front;

pub(super) async fn serve(flags: Flags) -> Result<(), Stop> {
    let settings = Settings::read(&flags)?;
    let course = files::course(settings.lessons.as_deref())?;
    let store = Store::open(&settings.data)?;
    let start = Start::listen(&settings).await?;
    let url = settings.site_url(start.address.port());
    let engine = Engine::start(&EngineSettings::default()).await?;

    let _ = (course, engine);
    let site = endpoint::make(|_| async { nothing(Missing::Page) });
    let sandboxes = endpoint::make(|_| async { nothing(Missing::Sandbox) });
    let front = Front::new(&url, site, sandboxes);
    tracing::info!("the course is at {url}");
    start
        .serve(Faults::around(front, Arc::new(|_, _| None)))
        .await;
    store.close().await;
    Ok(())
}

fn nothing(what: Missing) -> poem::Result<poem::Response> {
    Err(Fault::NotFound(what).into())
}
