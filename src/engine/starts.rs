//! How many Runs start at once.
//!
//! A start is the processor's work: the code is read, and its first turn can be long. Where a class presses Run together, or
//! somebody has hundreds of learners do so, all of these processes would take turns with the site, and each page would
//! wait for all of them. So they start some at a time, in the order in which they came.

use std::sync::Arc;
use std::thread::available_parallelism;
use std::time::Duration;

use tokio::sync::{Semaphore, oneshot};
use tokio::time::timeout;

/// How many places each processor has: one that starts, and one for when that waits.
const PER_PROCESSOR: usize = 2;

/// As long as this a start keeps its place: one that takes longer, as it waits for something, holds up nobody. On a busy
/// machine a start takes long as well; if it lost its place for that, ever more would start, and all the slower.
const LONG: Duration = Duration::from_secs(1);

/// The places of one engine; clones share them.
#[derive(Clone, Debug)]
pub(super) struct Starts(Arc<Semaphore>);

/// A Run that starts; dropped when it is ready or has ended.
#[derive(Debug)]
pub(crate) struct Starting {
    _until_over: oneshot::Sender<()>,
}

impl Default for Starts {
    fn default() -> Self {
        let processors = available_parallelism().map_or(1, usize::from);
        Self(Arc::new(Semaphore::new(processors * PER_PROCESSOR)))
    }
}

impl Starts {
    /// Places for nobody, so that each start waits for ever.
    #[cfg(test)]
    pub(super) fn none() -> Self {
        Self(Arc::new(Semaphore::new(0)))
    }

    /// Waits for a place; whoever drops the future has left the row.
    pub(super) fn enter(&self) -> impl Future<Output = Starting> + Send + use<> {
        let places = Arc::clone(&self.0);
        async move { Self::enter_among(places).await }
    }

    async fn enter_among(places: Arc<Semaphore>) -> Starting {
        let place = places.acquire_owned().await;
        let (until_over, is_over) = oneshot::channel();
        tokio::spawn(async move {
            // Either of the two is the end of it.
            let _ = timeout(LONG, is_over).await;
            drop(place);
        });
        Starting {
            _until_over: until_over,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn one_more_waits_until_another_is_ready_or_has_had_its_time() {
        let starts = Starts(Arc::new(Semaphore::new(1)));
        let first = starts.enter().await;
        let mut second = Box::pin(starts.enter());
        assert!(futures_util::poll!(&mut second).is_pending());
        drop(first);
        let _second = second.await;
        // Nobody says that the second one is ready.
        let _third = starts.enter().await;
    }
}
