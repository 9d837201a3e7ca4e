//! Fair queueing: where more requests come to the site than it can work on, addresses take turns, so that a crowd waits
//! behind itself and not before everybody else.
//!
//! A request has a place until its answer begins, or for [`LONG`]: what waits for a slow disk or a Run to start holds up
//! nobody. Sandboxes are not in it: their Runs have bounds of their own.

use std::collections::{HashMap, VecDeque};
use std::sync::Arc;
use std::thread::available_parallelism;
use std::time::Duration;

use parking_lot::Mutex;
use poem::{Endpoint, IntoResponse, Request, Response, Result};
use tokio::sync::oneshot;
use tokio::time::timeout;

use crate::budget::Who;

/// How many places each processor has: what waits for the disk leaves it to others.
const PER_PROCESSOR: usize = 4;

/// As long as this a request keeps its place.
const LONG: Duration = Duration::from_millis(25);

/// None is this machine itself.
type Whence = Option<Who>;

/// The places of one site; clones share them.
#[derive(Clone, Debug)]
pub(crate) struct FairQueue(Arc<Mutex<Row>>);

#[derive(Debug)]
struct Row {
    free: usize,
    /// Nobody without a request is in here.
    waiting: HashMap<Whence, VecDeque<oneshot::Sender<Place>>>,
    /// Who waits, each once, in the order of their turns.
    turns: VecDeque<Whence>,
}

/// Dropped when the next one may begin.
#[derive(Debug)]
struct Place(Option<FairQueue>);

impl Default for FairQueue {
    fn default() -> Self {
        let processors = available_parallelism().map_or(1, usize::from);
        Self::with_places(processors * PER_PROCESSOR)
    }
}

impl FairQueue {
    fn with_places(free: usize) -> Self {
        Self(Arc::new(Mutex::new(Row {
            free,
            waiting: HashMap::new(),
            turns: VecDeque::new(),
        })))
    }

    /// Calls the endpoint when it is this request's turn.
    pub(crate) async fn around<E: Endpoint>(
        self,
        endpoint: Arc<E>,
        request: Request,
    ) -> Result<Response> {
        let address = request.remote_addr().as_socket_addr();
        let place = self.enter(address.and_then(|it| Who::at(it.ip()))).await;
        let mut answer = std::pin::pin!(endpoint.call(request));
        let begun = timeout(LONG, &mut answer).await;
        drop(place);
        let answer = match begun {
            Ok(answer) => answer,
            Err(_) => answer.await,
        };
        answer.map(IntoResponse::into_response)
    }

    /// Waits for a place; whoever drops the future has left the row.
    async fn enter(&self, whence: Whence) -> Option<Place> {
        let turn = {
            let mut row = self.0.lock();
            if row.free > 0 {
                row.free -= 1;
                return Some(Place(Some(self.clone())));
            }
            row.wait(whence)
        };
        // Nobody drops a sender that waits.
        turn.await.ok()
    }

    /// Gives a place that is free to whose turn it is.
    fn pass_on(&self) {
        loop {
            let mut row = self.0.lock();
            let Some(next) = row.next() else {
                row.free += 1;
                return;
            };
            drop(row);
            match next.send(Place(Some(self.clone()))) {
                Ok(()) => return,
                // They have left.
                Err(mut place) => place.0 = None,
            }
        }
    }
}

impl Row {
    fn wait(&mut self, whence: Whence) -> oneshot::Receiver<Place> {
        let (sender, turn) = oneshot::channel();
        let own = self.waiting.entry(whence).or_default();
        if own.is_empty() {
            self.turns.push_back(whence);
        }
        own.push_back(sender);
        turn
    }

    fn next(&mut self) -> Option<oneshot::Sender<Place>> {
        let whence = self.turns.pop_front()?;
        let own = self.waiting.get_mut(&whence)?;
        let first = own.pop_front();
        if own.is_empty() {
            self.waiting.remove(&whence);
        } else {
            self.turns.push_back(whence);
        }
        first
    }
}

impl Drop for Place {
    fn drop(&mut self) {
        if let Some(queue) = self.0.take() {
            queue.pass_on();
        }
    }
}

#[cfg(test)]
mod tests {
    use futures_util::poll;
    use poem::endpoint::make;

    use super::*;

    fn from(number: u8) -> Whence {
        Who::at([198, 51, 100, number].into())
    }

    #[tokio::test]
    async fn a_crowd_waits_behind_itself() {
        let queue = FairQueue::with_places(1);
        let under_way = queue.enter(from(1)).await;
        let mut crowd: Vec<_> = (0..100).map(|_| Box::pin(queue.enter(from(1)))).collect();
        for one in &mut crowd {
            assert!(poll!(one).is_pending());
        }
        let mut alone = Box::pin(queue.enter(from(2)));
        assert!(poll!(&mut alone).is_pending());
        drop(under_way);
        let first = crowd.remove(0).await;
        drop(first);
        assert!(poll!(&mut alone).is_ready(), "the second turn is theirs");
    }

    #[tokio::test]
    async fn who_leaves_the_row_keeps_nobody_waiting() {
        let queue = FairQueue::with_places(1);
        let under_way = queue.enter(from(1)).await;
        let mut before = Box::pin(queue.enter(from(1)));
        let mut called = Box::pin(queue.enter(from(2)));
        let mut last = Box::pin(queue.enter(from(3)));
        for one in [&mut before, &mut called, &mut last] {
            assert!(poll!(one).is_pending());
        }
        drop(before);
        drop(under_way);
        // The place is on its way to them.
        drop(called);
        assert!(poll!(&mut last).is_ready());
        drop(last);
        let row = queue.0.lock();
        assert_eq!((row.free, row.waiting.len(), row.turns.len()), (1, 0, 0));
    }

    #[tokio::test]
    async fn a_request_that_takes_long_holds_up_nobody() {
        let queue = FairQueue::with_places(1);
        let slow = Arc::new(make(|_| async {
            tokio::time::sleep(Duration::from_hours(1)).await;
        }));
        let quick = Arc::new(make(|_| async { "done" }));
        let first = tokio::spawn(queue.clone().around(slow, Request::default()));
        tokio::task::yield_now().await;
        let answer = queue.around(quick, Request::default()).await;
        assert!(answer.is_ok());
        assert!(!first.is_finished());
    }
}
