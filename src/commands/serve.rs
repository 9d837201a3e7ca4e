//! `hxlab serve`: the site.
//!
//! Its stages: settings → the course, whole or not at all, and beside it the engine → the database → the
//! socket → the announcement, and requests → at the end the connections, then the database.

use std::sync::Arc;

use tokio::task::JoinSet;

use super::files;
use super::log;
use super::start::{Start, announce, engine};
use super::stop::Stop;
use super::upkeep;
use crate::assets::Templates;
use crate::blocks::{Blocks, Everybody};
use crate::budget::{Quota, Refusals, Whence};
use crate::course::Course;
use crate::engine::Engine;
use crate::learning::Learning;
use crate::sandbox::addresses::{Addresses, SandboxDomain};
use crate::sandbox::places::Places;
use crate::sandbox::registry::Sandboxes;
use crate::sandbox::waiting::Waiting;
use crate::settings::{Flags, Settings};
use crate::store::Store;
use crate::web::fault::FaultAnswers;
use crate::web::front::Front;
use crate::web::gateway::Doors;
use crate::web::health::Health;
use crate::web::judges::Judges;
use crate::web::pages::again::Pages;
use crate::web::pages::fault;
use crate::web::pages::lesson::Skeletons;
use crate::web::pages::palette::PaletteCourse;
use crate::web::per_minute::PerMinute;
use crate::web::routes;
use crate::web::session::Sessions;
use crate::web::site::Site;
use crate::web::slow::Turns;

/// A site that listens, and does not answer yet.
pub(super) struct ListeningSite {
    pub(super) site: Arc<Site>,
    start: Start,
    /// Answers whoever runs the site, before it is announced.
    control: JoinSet<()>,
}

pub(super) async fn serve(flags: Flags) -> Result<(), Stop> {
    let settings = Settings::read(&flags)?;
    // A process of its own, which gets ready while this one reads the course.
    let (without, rehearsal) = (settings.unsafe_without.clone(), settings.rehearsal);
    let engine = tokio::spawn(async move { engine(&without, rehearsal).await });
    let course = tokio::task::block_in_place(|| files::course(settings.lessons.as_deref()))?;
    let engine = engine
        .await
        .map_err(|error| Stop::new(error.to_string()))??;
    let place = open(&settings, Arc::new(course), engine).await?;
    // Not before: a start that fails says one sentence.
    log::tell_settings(&settings, place.start.address.port());
    tracing::info!("the course is at {}", place.site.url);
    announce(place.start.reachable());
    place.serve().await;
    Ok(())
}

/// Opens the site of a course.
pub(super) async fn open(
    settings: &Settings,
    course: Arc<Course>,
    engine: Engine,
) -> Result<ListeningSite, Stop> {
    let templates = Templates::new().map_err(|error| Stop::new(error.to_string()))?;
    let palette = PaletteCourse::of(&course).map_err(|error| Stop::new(error.to_string()))?;
    let whence = Whence::default();
    let refusals = Refusals::new(whence.clone());
    let quota = Quota::new(settings.quota, whence.clone(), refusals.clone());
    let store = Store::open(&settings.data, quota.clone())?;
    let everybody = Everybody::new(settings.trusted_proxies.clone());
    let blocks =
        Blocks::open(&settings.data, everybody).map_err(|why| Stop::new(why.to_string()))?;
    let start = Start::listen(settings, refusals.clone(), blocks.clone()).await?;
    let url = settings.site_url(start.address.port());
    let limits = settings.limits.clone();
    let range = settings.preview_ports.clone();
    let ports = range.map(|range| start.ports(&url, range));
    let origin = url.origin().ascii_serialization();
    let domain = SandboxDomain::new(&origin, settings.sandbox_domain.clone());
    let addresses = match &ports {
        Some(ports) => Addresses::Ports(ports.clone()),
        None => Addresses::Names(domain.clone()),
    };
    let places = Places::new(settings.runs, whence.clone(), refusals);
    let sandboxes = Sandboxes::new(
        engine,
        limits,
        store.clone(),
        course.clone(),
        addresses,
        (places, Waiting::site(settings.budget / 4), blocks),
    );
    let site = Arc::new(Site {
        sessions: Sessions::new(store.clone(), &url),
        learning: Learning::new(course, store, sandboxes, quota),
        ports,
        domain,
        skeletons: Skeletons::default(),
        palette,
        pages: Pages::default(),
        templates: Arc::new(templates),
        requests: start.requests.clone(),
        newcomers: PerMinute::newcomers(),
        snapshot_runs: PerMinute::snapshots(),
        judges: Judges::start()
            .map_err(|error| Stop::new(format!("cannot start the judges' threads: {error}")))?,
        turns: Turns::default(),
        whence,
        budget: start.budget.clone(),
        shutdown: start.shutdown.clone(),
        unsafe_without: settings.unsafe_without.clone(),
        hsts: settings.hsts,
        forget_after: settings.forget_after,
        report_to: settings.report_to.clone(),
        url,
    });
    Ok(ListeningSite {
        control: start.obey(site.clone(), &settings.data),
        site,
        start,
    })
}

impl ListeningSite {
    /// Answers until the end, then finishes what is to be written.
    pub(super) async fn serve(self) {
        let Self {
            site,
            mut start,
            control,
        } = self;
        let store = site.learning.store.clone();
        let draw = fault::drawer(&site);
        let front = Front::new(
            &site.url.clone(),
            site.ports.clone(),
            routes::site(site.clone()),
            Doors::new(site.clone()),
        );
        let health = Health::new(store.clone(), site.learning.sandboxes.engine().clone());
        let front = front.telling(health).with_sandboxes_at(&site.domain);
        let upkeep = upkeep::begin(&site);
        start.serve_figures(site.clone());
        let answers = FaultAnswers::around(front, draw).naming(site.report_to.as_ref());
        start.serve(answers).await;
        drop((upkeep, control));
        upkeep::tell_loudest(&site);
        store.close().await;
    }
}
