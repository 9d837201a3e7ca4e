//! `hxlab serve`: the site.
//!
//! Its stages: settings → the course, whole or not at all → the database → the socket → the engine →
//! the announcement, and requests → at the end the connections, then the database.

use std::sync::{Arc, Mutex};

use super::files;
use super::start::Start;
use super::stop::Stop;
use crate::assets::Templates;
use crate::challenge::Trials;
use crate::engine::{Engine, EngineSettings, Limits};
use crate::sandbox::registry::Sandboxes;
use crate::settings::{Flags, Settings};
use crate::store::Store;
use crate::web::fault::Faults;
use crate::web::front::Front;
use crate::web::gateway::Doors;
use crate::web::pages::fault;
use crate::web::routes;
use crate::web::session::Sessions;
use crate::web::site::Site;

pub(super) async fn serve(flags: Flags) -> Result<(), Stop> {
    let settings = Settings::read(&flags)?;
    let course = Arc::new(files::course(settings.lessons.as_deref())?);
    let templates = Templates::new().map_err(|error| Stop::new(error.to_string()))?;
    let store = Store::open(&settings.data)?;
    let start = Start::listen(&settings).await?;
    let url = settings.site_url(start.address.port());
    let engine = Engine::start(&EngineSettings::default()).await?;

    let origin = url.origin().ascii_serialization();
    let site = Arc::new(Site {
        sandboxes: Sandboxes::new(
            engine,
            Limits {
                idle: settings.sleep_after,
                ..Limits::default()
            },
            store.clone(),
            course.clone(),
            &origin,
        ),
        trials: Trials::default(),
        outlines: Mutex::default(),
        sessions: Sessions::new(store.clone(), &url),
        templates: Arc::new(templates),
        shutdown: start.shutdown.clone(),
        store: store.clone(),
        url: url.clone(),
        course,
    });
    let draw = fault::drawer(&site);
    let front = Front::new(&url, routes::site(site.clone()), Doors::new(site));
    tracing::info!("the course is at {url}");
    start.serve(Faults::around(front, draw)).await;
    store.close().await;
    Ok(())
}
