//! What every request of the site shares.

use std::sync::Arc;
use std::time::Duration;

use url::Url;

use super::judges::Judges;
use super::pages::again::Pages;
use super::pages::lesson::Skeletons;
use super::pages::palette::PaletteCourse;
use super::per_minute::PerMinute;
use super::requests::Requests;
use super::session::Sessions;
use super::shutdown::Shutdown;
use super::slow::Turns;
use crate::assets::Templates;
use crate::budget::{Budget, Whence};
use crate::learning::Learning;
use crate::sandbox::addresses::{Ports, SandboxDomain};
use crate::settings::layer::Without;

/// The site: its learners and their work, and how pages are made. Handlers take it as
/// `Data<&Arc<Site>>`.
pub(crate) struct Site {
    /// The course, its learners, and what of theirs is live.
    pub(crate) learning: Arc<Learning>,
    /// Who asks.
    pub(crate) sessions: Sessions,
    pub(crate) templates: Arc<Templates>,
    /// What lessons' pages share.
    pub(crate) skeletons: Skeletons,
    /// What the palette lists for everybody.
    pub(crate) palette: PaletteCourse,
    /// Pages that are still as they were made.
    pub(crate) pages: Pages,
    /// The ports that sandboxes have, where they have no names.
    pub(crate) ports: Option<Arc<Ports>>,
    /// The name below which sandboxes have theirs, where they have no ports.
    pub(crate) domain: SandboxDomain,
    /// What is told of requests, and of who is turned away.
    pub(crate) requests: Requests,
    /// How many become learners.
    pub(crate) newcomers: PerMinute,
    /// How often what others share is run.
    pub(crate) snapshot_runs: PerMinute,
    /// Where their answers are judged.
    pub(crate) judges: Judges,
    /// Who makes a piece of a long body next.
    pub(crate) turns: Turns,
    /// From where learners come, which their servers and what is kept of them are counted by.
    pub(crate) whence: Whence,
    /// The memory that learners may have held for them.
    pub(crate) budget: Budget,
    /// The end of the program, for what is answered for long.
    pub(crate) shutdown: Shutdown,
    /// The layers of the jail that learners' servers run without; every page says so.
    pub(crate) unsafe_without: Without,
    /// For how long browsers are told to use https alone, here and at the sandboxes' names below.
    pub(crate) hsts: Option<Duration>,
    /// Where sandboxes are reported.
    pub(crate) report_to: Option<Url>,
    /// After how many days without a deed all of a learner is deleted.
    pub(crate) forget_after: Option<u32>,
    /// The address that people type.
    pub(crate) url: Url,
}

impl Site {
    /// What a page of the site may show in a frame.
    #[must_use]
    pub(crate) fn frame_sources(&self) -> String {
        self.learning.sandboxes.pattern()
    }
}
