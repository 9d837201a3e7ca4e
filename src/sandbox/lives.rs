//! The live sandboxes of a site by their ids, and the task that lets go of those where nobody is.
//!
//! A sandbox that is vacant ([`Occupancy`](super::occupancy::Occupancy)) for so long as [`Lives::let_go_after`] says
//! is let go then, whether anybody comes to the site or not. The task sleeps until the first of them can
//! be over, and ends with [`Lives`].

use std::collections::HashMap;
use std::sync::{Arc, Weak};
use std::time::Duration;

use parking_lot::Mutex;
use tokio::task::JoinSet;
use tokio::time::{Instant, sleep_until};

use super::meter::{Owner, SandboxFigures};
use super::{Live, Sandbox};
use crate::budget::Who;
use crate::exercise::LessonSlug;

/// What the vacant ones hold together, in bytes, about: their projects and feeds are kept for whoever comes back
/// soon. Beyond it the one that is vacant for longest is let go before its time.
const VACANT: usize = 32 * 1024 * 1024;

/// What all feeds keep together, in bytes, about: those of a class with much to say. Beyond it the longest are
/// shortened, and who watches them is told what is missed.
const FEEDS: usize = 64 * 1024 * 1024;
/// None is made shorter than this, in bytes.
const SHORT: usize = 64 * 1024;

type ById = HashMap<String, Arc<Live>>;

/// The live sandboxes of one site. To be in here is not to be present.
pub(super) struct Lives {
    by_id: Arc<Mutex<ById>>,
    /// Ends with this.
    _sweeper: JoinSet<()>,
}

impl Lives {
    /// None yet; each will be let go after so long without anybody.
    pub(super) fn let_go_after(long: Duration) -> Self {
        let by_id = Arc::<Mutex<ById>>::default();
        let mut sweeper = JoinSet::new();
        sweeper.spawn(sweep(Arc::downgrade(&by_id), long));
        Self {
            by_id,
            _sweeper: sweeper,
        }
    }

    /// A handle, whose holder is present from now on.
    pub(super) fn visit(&self, id: &str) -> Option<Sandbox> {
        self.by_id.lock().get(id).map(Live::visit)
    }

    /// A handle to the sandbox that is there, or else to the one that this makes.
    pub(super) fn visit_or(&self, id: &str, make: impl FnOnce() -> Sandbox) -> Sandbox {
        let mut by_id = self.by_id.lock();
        if let Some(live) = by_id.get(id) {
            return live.visit();
        }
        let sandbox = make();
        by_id.insert(id.to_owned(), Arc::clone(&sandbox.live));
        make_room(&mut by_id, VACANT);
        sandbox
    }

    /// Whether nobody was there for so long, or it is not live at all.
    pub(super) fn is_vacant_for(&self, id: &str, long: Duration) -> bool {
        let by_id = self.by_id.lock();
        let vacant = |live: &Arc<Live>| {
            let since = live.occupancy.vacant_since();
            since.is_some_and(|since| since.elapsed() >= long)
        };
        by_id.get(id).is_none_or(vacant)
    }

    /// Holds all feeds, and those where nobody is, to what they may keep together.
    pub(super) fn keep_small(&self) {
        let mut by_id = self.by_id.lock();
        make_room(&mut by_id, VACANT);
        shorten(&by_id, FEEDS);
    }

    /// What each uses now, in no order.
    pub(super) fn figures(&self) -> Vec<SandboxFigures> {
        // What the kernel is asked for takes a while, in which nobody else shall wait.
        let lives = self.by_id.lock().clone();
        lives.iter().map(|(id, live)| live.figures(id)).collect()
    }

    /// How many there are, and how many clients they have together.
    pub(super) fn count(&self) -> (usize, usize) {
        let by_id = self.by_id.lock();
        let clients = by_id.values().map(|live| live.meter.clients());
        (by_id.len(), clients.sum())
    }

    /// The ids that begin so.
    pub(super) fn ids_from(&self, beginning: &str) -> Vec<String> {
        let by_id = self.by_id.lock();
        let ids = by_id.keys().filter(|id| id.starts_with(beginning));
        ids.cloned().collect()
    }

    /// The ids of those that are told by this name.
    pub(super) fn ids_of(&self, lesson: &LessonSlug) -> Vec<String> {
        let by_id = self.by_id.lock();
        let of = |live: &Live| {
            let whose = live.meter.whose.as_ref();
            whose.and_then(|it| it.lesson.as_ref()) == Some(lesson)
        };
        let ids = by_id.iter().filter(|(_, live)| of(live));
        ids.map(|(id, _)| id.clone()).collect()
    }

    /// The ids of those in which snapshots run, each with the address for which it does.
    pub(super) fn visits(&self) -> Vec<(String, Option<Who>)> {
        let by_id = self.by_id.lock();
        let visit = |(id, live): (&String, &Arc<Live>)| match live.meter.whose.as_ref()?.owner {
            Owner::Address(at) => Some((id.clone(), at)),
            Owner::Learner(_) => None,
        };
        by_id.iter().filter_map(visit).collect()
    }

    /// Takes one out, for its end.
    pub(super) fn remove(&self, id: &str) -> Option<Sandbox> {
        self.by_id.lock().remove(id).map(|live| live.visit())
    }
}

/// Lets go of the ones that are vacant for longest, until all that are vacant weigh no more than `most`.
fn make_room(lives: &mut ById, most: usize) {
    let vacant = lives.iter().filter_map(|(id, live)| {
        let since = live.occupancy.vacant_since()?;
        Some((since, live.weight(), id.clone()))
    });
    let mut vacant: Vec<_> = vacant.collect();
    let mut weight: usize = vacant.iter().map(|(_, weight, _)| weight).sum();
    if weight <= most {
        return;
    }
    vacant.sort_unstable();
    for (_, own, id) in vacant {
        if weight <= most {
            return;
        }
        weight -= own;
        lives.remove(&id);
    }
}

/// Gives each feed the same length at most, so that all together keep `most`.
fn shorten(lives: &ById, most: usize) {
    let mut lengths: Vec<_> = lives.values().map(|live| live.feed.bytes()).collect();
    if lengths.iter().sum::<usize>() <= most {
        return;
    }
    lengths.sort_unstable();
    let (mut left, mut longest) = (most, SHORT);
    for (place, length) in lengths.iter().enumerate() {
        let share = left / (lengths.len() - place);
        longest = longest.max(share);
        if *length > share {
            break;
        }
        left -= length;
    }
    for live in lives.values() {
        live.feed.shorten(longest);
    }
}

async fn sweep(lives: Weak<Mutex<ById>>, long: Duration) {
    let mut next = Instant::now() + long;
    loop {
        sleep_until(next).await;
        let Some(by_id) = lives.upgrade() else {
            return;
        };
        next = let_go(&mut by_id.lock(), long, Instant::now());
    }
}

/// Lets go of those whose time is over; gives when the next one's can be. None that is occupied now, or not made
/// yet, can be over sooner than after the whole time.
fn let_go(lives: &mut ById, long: Duration, now: Instant) -> Instant {
    let mut next = now + long;
    lives.retain(|_, live| {
        let over = live.occupancy.vacant_since().map(|since| since + long);
        next = over
            .filter(|over| *over > now)
            .map_or(next, |over| next.min(over));
        over.is_none_or(|over| over > now)
    });
    next
}

#[cfg(test)]
mod tests {
    use tokio::time::{sleep, timeout};

    use super::*;
    use crate::engine::message::Level;
    use crate::sandbox::entry::{ConsoleLine, Record};

    const HOUR: Duration = Duration::from_hours(1);
    /// Far longer than anything here takes.
    const PATIENCE: Duration = Duration::from_mins(1);

    fn sandbox() -> Sandbox {
        Sandbox::dormant()
    }

    async fn gone(lives: &Lives, id: &str) {
        let gone = async {
            while lives.by_id.lock().contains_key(id) {
                sleep(Duration::from_millis(1)).await;
            }
        };
        timeout(PATIENCE, gone).await.unwrap();
    }

    #[tokio::test]
    async fn a_vacant_one_is_let_go_by_itself_and_a_visited_one_is_not() {
        let lives = Lives::let_go_after(Duration::from_millis(20));
        let visitor = lives.visit_or("visited", sandbox);
        let watcher = lives.visit_or("watched", sandbox).watch();
        drop(lives.visit_or("vacant", sandbox));
        gone(&lives, "vacant").await;
        assert_eq!(visitor.live.occupancy.present(), 1);
        assert!(lives.visit("visited").is_some() && lives.visit("watched").is_some());
        drop((visitor, watcher));
        gone(&lives, "visited").await;
        gone(&lives, "watched").await;
    }

    #[tokio::test]
    async fn the_next_time_to_look_is_when_the_first_can_be_over() {
        let lives = Lives::let_go_after(HOUR);
        drop(lives.visit_or("one", sandbox));
        let visitor = lives.visit_or("other", sandbox);
        let mut by_id = lives.by_id.lock();
        let left = by_id["one"].occupancy.vacant_since().unwrap();
        let soon = left + HOUR / 2;
        assert_eq!(let_go(&mut by_id, HOUR, soon), left + HOUR);
        assert_eq!(by_id.len(), 2);
        assert_eq!(let_go(&mut by_id, HOUR, left + HOUR), left + HOUR * 2);
        assert_eq!(by_id.keys().collect::<Vec<_>>(), ["other"]);
        drop(visitor);
    }

    #[tokio::test]
    async fn those_that_are_vacant_for_longest_make_room() {
        let lives = Lives::let_go_after(HOUR);
        let visitor = lives.visit_or("visited", sandbox);
        for id in ["first", "second", "third"] {
            drop(lives.visit_or(id, sandbox));
            sleep(Duration::from_millis(2)).await;
        }
        let mut by_id = lives.by_id.lock();
        let one = by_id["first"].weight();
        make_room(&mut by_id, 3 * one);
        assert_eq!(by_id.len(), 4);
        make_room(&mut by_id, 2 * one - 1);
        let mut left: Vec<_> = by_id.keys().map(String::as_str).collect();
        left.sort_unstable();
        assert_eq!(left, ["third", "visited"]);
        drop(visitor);
    }

    #[tokio::test]
    async fn the_longest_feeds_are_shortened_and_the_others_stay() {
        let lives = Lives::let_go_after(HOUR);
        let say = |id: &str, lines: usize| {
            let sandbox = lives.visit_or(id, sandbox);
            for _ in 0..lines {
                sandbox.live.feed.push(Record::Console(ConsoleLine {
                    at: 0,
                    run: 1,
                    level: Level::Log,
                    text: "x".repeat(4000),
                    frame: None,
                    fault: None,
                }));
            }
            sandbox
        };
        let (quiet, loud) = (say("quiet", 10), [say("loud", 300), say("louder", 400)]);
        let before = quiet.live.feed.bytes();
        let most = before + 2 * SHORT * 3;
        shorten(&lives.by_id.lock(), most);
        assert_eq!(quiet.live.feed.bytes(), before);
        for sandbox in loud {
            let bytes = sandbox.live.feed.bytes();
            assert!(bytes > SHORT * 2 && bytes <= SHORT * 3, "{bytes}");
        }
    }

    #[tokio::test]
    async fn its_task_ends_with_it() {
        let alive = || {
            tokio::runtime::Handle::current()
                .metrics()
                .num_alive_tasks()
        };
        let lives = Lives::let_go_after(HOUR);
        assert_eq!(alive(), 1);
        drop(lives);
        let ended = async {
            while alive() > 0 {
                sleep(Duration::from_millis(1)).await;
            }
        };
        timeout(PATIENCE, ended).await.unwrap();
    }
}
