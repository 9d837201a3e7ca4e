//! A Run that waits for its turn to start. Dropping it leaves the row; the sandbox hears everything else meanwhile.

use std::pin::Pin;

use super::state::RunNumber;
use crate::engine::Starting;
use crate::project::Project;

/// What starts when its turn has come.
pub(super) struct Coming {
    pub(super) number: RunNumber,
    pub(super) project: Project,
    turn: Pin<Box<dyn Future<Output = Starting> + Send>>,
}

impl Coming {
    /// A Run that takes its place in the row when [`turn`] first waits for it.
    pub(super) fn new(
        number: RunNumber,
        project: Project,
        turn: impl Future<Output = Starting> + Send + 'static,
    ) -> Self {
        Self {
            number,
            project,
            turn: Box::pin(turn),
        }
    }
}

/// The turn of whoever waits; for ever if nobody does. Whoever has it takes what waits away. Cancel-safe.
pub(super) async fn turn(coming: &mut Option<Coming>) -> Starting {
    match coming {
        Some(coming) => coming.turn.as_mut().await,
        None => std::future::pending().await,
    }
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use tokio::time::timeout;

    use super::super::Sandbox;
    use super::super::state::StartOutcome;
    use super::*;
    use crate::engine::{Engine, Limits};

    /// It only ends a test that has failed.
    const PATIENCE: Duration = Duration::from_mins(1);

    async fn in_time<T>(done: impl Future<Output = T>) -> T {
        timeout(PATIENCE, done).await.expect("the sandbox hears it")
    }

    #[tokio::test]
    async fn a_run_that_waits_for_its_turn_ends_for_a_newer_one_and_for_stop() {
        let url = "http://room.localhost/".to_owned();
        let sandbox = Sandbox::new(
            Engine::crowded(),
            Limits::default(),
            url,
            Project::default(),
        );
        let replaced = sandbox.run(Project::default());
        let stopped = sandbox.run(Project::default());
        let stop = async {
            tokio::task::yield_now().await;
            sandbox.stop().await
        };
        let (replaced, stopped, stop) =
            in_time(async { tokio::join!(replaced, stopped, stop) }).await;
        assert!(
            matches!(replaced, Ok(StartOutcome::Ended(1, _))),
            "{replaced:?}"
        );
        assert!(
            matches!(stopped, Ok(StartOutcome::Ended(2, _))),
            "{stopped:?}"
        );
        assert!(stop.is_ok());
    }
}
