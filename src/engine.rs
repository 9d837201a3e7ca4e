//! The engine: one process for each Run, forked from the zygote.
//!
//! [`Engine::start`] starts the zygote; [`Engine::spawn`] has a Run load a project and gives a
//! [`Run`] to talk to. Its process was forked before, or is now. Dropping the [`Run`] kills its process; dropping
//! the last [`Engine`] ends the zygote and with it every Run.
//!
//! | in `hxlab` | between | in the child |
//! |---|---|---|
//! | [`Engine`], `link`: the zygote's process, `reserve` | `control` | [`zygote()`]: forks and reaps |
//! | [`Run`], `keeper`, `watch`: one task a Run | [`message`], `codec` | `zygote/life`: one Run |
//!
//! `hxlab` trusts nothing that a Run says: `watch` checks every message, counts what comes and keeps
//! the time of each turn; the last word is SIGKILL by pidfd.

mod codec;
mod control;
mod keeper;
mod limits;
mod link;
pub mod message;
mod reserve;
mod run;
mod starts;
mod turn_time;
mod watch;
mod zygote;

use std::io;
use std::path::PathBuf;
use std::sync::Arc;
use std::time::{Duration, Instant};

use tokio::sync::{Mutex, mpsc};

use crate::project::{Contents, Project};
use crate::settings::layer::Without;
use codec::FrameBuffer;
use keeper::Keeper;
use link::{Link, Newborn};
use message::{Payload, ToRun};
use reserve::Reserve;
use run::{Process, SendQueue};
use starts::Starts;
use turn_time::ProcessorClock;
use watch::Watch;

pub use limits::Limits;
pub(crate) use run::{QUEUE_LIMIT, RunGauge};
pub use run::{Run, RunEnd, RunEvent, RunGone, RunSender};
pub(crate) use starts::Starting;
pub(crate) use zygote::{Finding, trial, zygote};

/// How many messages of a Run may wait to be taken by its owner, before the Run itself waits.
const EVENTS: usize = 256;

/// How long after a Run's start the next process is made: not beside it, where both would be slower.
const RESTOCK: Duration = Duration::from_millis(50);

/// How the engine is started.
#[derive(Clone, Debug)]
pub struct EngineSettings {
    /// The program whose `zygote` command is the zygote: this one.
    pub program: PathBuf,
    /// The layers of the jail that Runs go without.
    pub without: Without,
    /// Whether the zygote rehearses, so that Runs share more of their memory.
    pub rehearsal: bool,
}

impl Default for EngineSettings {
    fn default() -> Self {
        // Not `current_exe`: this is the same file even after it was replaced by a newer one.
        Self {
            program: "/proc/self/exe".into(),
            without: Without::new(),
            rehearsal: true,
        }
    }
}

/// Why the engine did not start, or a Run could not be spawned.
#[derive(Debug, thiserror::Error)]
pub enum EngineError {
    /// The zygote could not be started at all.
    #[error("the process that runs learners' servers did not start: {0}")]
    Start(#[source] io::Error),
    /// The zygote says in one sentence why not.
    #[error("{0}")]
    Refused(String),
    /// The zygote was not ready in time.
    #[error("the process that runs learners' servers was not ready within {} s", link::START.as_secs())]
    Slow,
    /// The zygote ended; the next attempt starts a new one.
    #[error("the process that runs learners' servers ended; try again")]
    Gone,
    /// What the zygote handed over could not be used.
    #[error("the server's process could not be taken over: {0}")]
    Fork(#[source] io::Error),
    /// No random bytes for the Run's seed.
    #[error("the system gave no random bytes: {0}")]
    Seed(#[source] getrandom::Error),
    /// The project does not fit the queue; its own limits are lower, so this is a fault here.
    #[error("the project could not be handed over: {0}")]
    Project(#[source] RunGone),
}

/// Starts Runs. Cheap to clone; the zygote ends with the last clone.
#[derive(Clone, Debug)]
pub struct Engine {
    settings: Arc<EngineSettings>,
    /// None before the first zygote.
    link: Arc<Mutex<Option<Arc<Link>>>>,
    reserve: Arc<Reserve>,
    starts: Starts,
}

impl Engine {
    /// Starts the zygote and waits until it is ready.
    pub async fn start(settings: &EngineSettings) -> Result<Self, EngineError> {
        let engine = Self::without_zygote(settings, Starts::default());
        engine.link().await?;
        Ok(engine)
    }

    fn without_zygote(settings: &EngineSettings, starts: Starts) -> Self {
        Self {
            settings: Arc::new(settings.clone()),
            link: Arc::default(),
            reserve: Arc::default(),
            starts,
        }
    }

    /// One in which no Run ever has its turn, for tests of those that wait.
    #[cfg(test)]
    pub(crate) fn crowded() -> Self {
        Self::without_zygote(&EngineSettings::default(), Starts::none())
    }

    /// Waits for a turn to start a Run; whoever drops the future has left the row.
    pub(crate) fn turn(&self) -> impl Future<Output = Starting> + Send + use<> {
        self.starts.enter()
    }

    /// Starts a Run of `project`, to be reached at `url`, and has it load its server: either
    /// [`message::FromRun::Ready`] comes from it, or [`RunEnd::Failed`]. Where many start, it waits for its turn.
    pub async fn spawn(
        &self,
        project: &Project,
        url: &str,
        limits: Limits,
    ) -> Result<Run, EngineError> {
        let starting = self.turn().await;
        self.spawn_now(starting, project, url, limits).await
    }

    /// The same for who has had the [turn](Self::turn).
    pub(crate) async fn spawn_now(
        &self,
        starting: Starting,
        project: &Project,
        url: &str,
        limits: Limits,
    ) -> Result<Run, EngineError> {
        let mut seed = [0; 32];
        getrandom::fill(&mut seed).map_err(EngineError::Seed)?;
        let born = match self.reserve.take(&limits) {
            Some(born) => born,
            None => self.link().await?.fork(limits.clone()).await?,
        };
        self.restock(limits.clone());
        let run = keep(born, limits, Some(starting));
        let sender = run.sender();
        for (name, contents) in project.files() {
            let contents = match contents {
                Contents::Text(text) => Payload::Text(text.to_string()),
                Contents::Bytes(bytes) => Payload::Binary(bytes.to_vec()),
            };
            let name = name.to_string();
            let file = ToRun::File { name, contents };
            sender.send(&file).map_err(EngineError::Project)?;
        }
        let url = url.to_owned();
        let server = project.server().map(str::to_owned);
        let start = ToRun::Start { seed, url, server };
        sender.send(&start).map_err(EngineError::Project)?;
        Ok(run)
    }

    /// Sees to it that soon there is a process in reserve.
    fn restock(&self, limits: Limits) {
        if !self.reserve.order() {
            return;
        }
        let engine = self.clone();
        tokio::spawn(async move {
            tokio::time::sleep(RESTOCK).await;
            let forked = match engine.link().await {
                Ok(link) => link.fork(limits.clone()).await,
                Err(error) => Err(error),
            };
            // What was in the way of it the next Run will meet, and tell.
            engine.reserve.put(forked.ok().map(|born| (limits, born)));
        });
    }

    /// The zygote, started again if it has ended.
    async fn link(&self) -> Result<Arc<Link>, EngineError> {
        let mut kept = self.link.lock().await;
        if let Some(link) = kept.as_ref().filter(|link| !link.gone()) {
            return Ok(Arc::clone(link));
        }
        let link = Arc::new(Link::start(&self.settings).await?);
        *kept = Some(Arc::clone(&link));
        Ok(link)
    }
}

/// Starts the task that keeps a new Run.
fn keep(born: Newborn, limits: Limits, starting: Option<Starting>) -> Run {
    let (tell, events) = mpsc::channel(EVENTS);
    let outbox = Arc::new(SendQueue::default());
    let process = Arc::new(Process {
        pid: born.pid,
        pidfd: born.pidfd,
        used: Arc::default(),
    });
    let keeper = Keeper {
        socket: born.socket,
        outbox: Arc::clone(&outbox),
        process: Arc::clone(&process),
        events: tell,
        exit: born.exit,
        watch: Watch::new(limits, Instant::now()),
        processor: ProcessorClock::of(Some(process.pid)),
        frames: FrameBuffer::default(),
        starting,
        timers: false,
        end: None,
    };
    tokio::spawn(keeper.keep());
    Run {
        outbox,
        process,
        events,
    }
}
