//! Whether the program can do its work: it has the store write a row and read it, and asks the engine for a Run.

use std::time::Duration;

use tokio::sync::Mutex;
use tokio::time::{Instant, timeout};

use crate::engine::{Engine, Limits};
use crate::project::Project;
use crate::store::{Store, StoreError};

/// An answer holds for so long, however many ask.
const HOLDS: Duration = Duration::from_secs(1);
/// How long each of the two may take.
const WITHIN: Duration = Duration::from_secs(5);

/// Asks, and remembers the last answer.
pub(crate) struct Health {
    store: Store,
    engine: Engine,
    last: Mutex<Option<(Instant, Result<(), String>)>>,
}

impl Health {
    /// Nothing was asked yet.
    #[must_use]
    pub(crate) fn new(store: Store, engine: Engine) -> Self {
        Self {
            store,
            engine,
            last: Mutex::default(),
        }
    }

    /// Nothing, or in a few words what is the matter.
    pub(crate) async fn ask(&self) -> Result<(), String> {
        let mut last = self.last.lock().await;
        if let Some((when, answer)) = &*last
            && when.elapsed() < HOLDS
        {
            return answer.clone();
        }
        let answer = self.look().await;
        if let Err(problem) = &answer {
            tracing::error!(%problem, "the program is not healthy");
        }
        *last = Some((Instant::now(), answer.clone()));
        answer
    }

    async fn look(&self) -> Result<(), String> {
        match timeout(WITHIN, self.store.probe()).await {
            Ok(Ok(())) => {}
            Ok(Err(error)) => return Err(word(&error)),
            Err(_) => return Err("the database does not answer".to_owned()),
        }
        let url = "http://health.localhost/";
        let nothing = Project::default();
        let run = self.engine.spawn(&nothing, url, Limits::default());
        match timeout(WITHIN, run).await {
            Ok(Ok(_)) => Ok(()),
            Ok(Err(error)) => Err(format!("learners' servers do not start: {error}")),
            Err(_) => Err("learners' servers do not start in time".to_owned()),
        }
    }
}

/// What is the matter with the store, for anybody who asks; the log has the whole of it.
fn word(error: &StoreError) -> String {
    tracing::error!(%error, "the store does not work");
    match error {
        StoreError::Gone { .. } => "the database was moved or deleted",
        StoreError::Damaged { .. } | StoreError::Spoilt { .. } => "the database is damaged",
        StoreError::Full => "the disk is full",
        _ => "the database does not work",
    }
    .to_owned()
}
