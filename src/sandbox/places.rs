//! Room for Runs: so many in all, and so many of each who owns them.
//!
//! A sandbox takes a [`Place`] before it starts a Run, and keeps it for as long as it has one. Where all places are
//! taken, the Run that has been idle for longest is put to sleep, as it would be later anyway; its next request
//! wakes it. Where none is idle, nothing is started, and the sentence says why.

use std::collections::BTreeMap;
use std::sync::Arc;

use parking_lot::Mutex;
use tokio::sync::mpsc;
use tokio::time::Instant;

use super::inbox::{Letter, send_late};
use super::meter::Ends;
use super::state::Command;
use crate::budget::{Reason, Refusals, Whence, Who};
use crate::limits::RunLimits;

/// The places of one program; clones share them.
#[derive(Clone, Debug)]
pub(crate) struct Places {
    limits: RunLimits,
    taken: Arc<Mutex<Taken>>,
    whence: Whence,
    refusals: Refusals,
    /// Why the Runs have ended that were there.
    pub(crate) ends: Ends,
}

#[derive(Debug, Default)]
struct Taken {
    last: u64,
    runs: BTreeMap<u64, Tenant>,
}

/// A sandbox that has a Run.
#[derive(Debug)]
struct Tenant {
    who: Option<Who>,
    /// The address that they came from; none from this machine.
    at: Option<Who>,
    activity: Arc<Activity>,
    letters: mpsc::WeakSender<Letter>,
}

/// What a sandbox's Run does, as far as it matters for who has to sleep.
#[derive(Debug, Default)]
pub(super) struct Activity(Mutex<Doing>);

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
enum Doing {
    /// A client is there, or it is being loaded.
    #[default]
    Busy,
    /// Nobody is there since then.
    Idle(Instant),
    /// It was asked to sleep, and has not answered yet.
    Leaving,
}

/// A sandbox's room for a Run, until it is dropped.
#[derive(Debug)]
pub(super) struct Place {
    number: u64,
    taken: Arc<Mutex<Taken>>,
}

/// There is no room for a Run; the sentence is for the learner.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct NoPlace(pub(super) String);

impl Places {
    /// All are free; who gets none is counted there.
    #[must_use]
    pub(crate) fn new(limits: RunLimits, whence: Whence, refusals: Refusals) -> Self {
        Self {
            limits,
            taken: Arc::default(),
            whence,
            refusals,
            ends: Ends::default(),
        }
    }

    /// How many are taken.
    #[must_use]
    pub(crate) fn taken(&self) -> usize {
        self.taken.lock().runs.len()
    }

    /// How many there are.
    #[must_use]
    pub(crate) fn all(&self) -> usize {
        self.limits.all
    }

    /// A place for a sandbox of this owner. Whoever has to sleep for it is told.
    pub(super) fn take(
        &self,
        who: Option<Who>,
        activity: &Arc<Activity>,
        letters: &mpsc::WeakSender<Letter>,
    ) -> Result<Place, NoPlace> {
        let at = who.and_then(|who| self.whence.of(who));
        let mut taken = self.taken.lock();
        let of_address = |tenant: &Tenant| at.is_some() && tenant.at == at;
        // Whoever runs a snapshot is known by the address alone, which may be a school's.
        let is_learner = matches!(who, Some(Who::Learner(_)));
        let of_owner = |tenant: &Tenant| is_learner && tenant.who == who;
        let bounds: [(usize, Counts<'_>, Bound); 3] = [
            (self.limits.each, &of_owner, Bound::Learner),
            (self.limits.at_address, &of_address, Bound::Address),
            (self.limits.all, &|_| true, Bound::Site),
        ];
        let reached = bounds.iter().find(|(most, of, _)| taken.awake(of) >= *most);
        if let Some((most, of, bound)) = reached
            && !taken.put_to_sleep(of, bound.sleeping(*most))
        {
            self.refusals.count(bound.reason(), who);
            return Err(NoPlace(bound.crowded(*most)));
        }
        taken.last += 1;
        let number = taken.last;
        let tenant = Tenant {
            who,
            at,
            activity: Arc::clone(activity),
            letters: letters.clone(),
        };
        taken.runs.insert(number, tenant);
        Ok(Place {
            number,
            taken: Arc::clone(&self.taken),
        })
    }
}

/// Whether a Run is one of those that a bound counts.
type Counts<'a> = &'a dyn Fn(&Tenant) -> bool;

/// Whose number of Runs is reached.
#[derive(Clone, Copy)]
enum Bound {
    Learner,
    Address,
    Site,
}

impl Bound {
    fn reason(self) -> Reason {
        match self {
            Self::Learner => Reason::LearnerRuns,
            Self::Address => Reason::AddressRuns,
            Self::Site => Reason::Runs,
        }
    }

    /// Why a Run sleeps, for its learner.
    fn sleeping(self, most: usize) -> String {
        let (because, whose) = match self {
            Self::Learner => ("you ran another server", "of you"),
            Self::Address => (
                "somebody at your address ran another server",
                "of those there",
            ),
            Self::Site => ("somebody ran another server", "here"),
        };
        format!(
            "The server was put to sleep, because {because} and no more than {most} may run {whose} at once. The \
             next request starts it anew, without what it held in memory."
        )
    }

    /// Why none begins, for who wanted one.
    fn crowded(self, most: usize) -> String {
        match self {
            Self::Learner => format!(
                "{most} servers of yours are in use, which is as many as one learner may have: stop \
                 one in another lesson, or close the pages that use it"
            ),
            Self::Address => format!(
                "{most} servers are in use by those at your address, which is as many as one address may \
                 have: try again in a few minutes, or ask whoever runs the site for more"
            ),
            Self::Site => format!(
                "all {most} servers of this site are in use: try again in a few minutes, or ask whoever \
                 runs the site for more"
            ),
        }
    }
}

impl Taken {
    /// How many are not about to leave.
    fn awake(&self, of: impl Fn(&Tenant) -> bool) -> usize {
        let awake = |tenant: &&Tenant| of(tenant) && tenant.activity.doing() != Doing::Leaving;
        self.runs.values().filter(awake).count()
    }

    /// Asks the one that has been idle for longest to sleep. Answers whether there is one.
    fn put_to_sleep(&self, of: impl Fn(&Tenant) -> bool, sentence: String) -> bool {
        let idle = self.runs.values().filter(|tenant| of(tenant));
        let idle = idle.filter_map(|tenant| match tenant.activity.doing() {
            Doing::Idle(since) => Some((since, tenant)),
            Doing::Busy | Doing::Leaving => None,
        });
        let Some((_, oldest)) = idle.min_by_key(|(since, _)| *since) else {
            return false;
        };
        *oldest.activity.0.lock() = Doing::Leaving;
        // One whose handles are all gone ends by itself.
        if let Some(letters) = oldest.letters.upgrade() {
            send_late(&letters, Command::Sleep(sentence));
        }
        true
    }
}

impl Activity {
    /// Says whether nobody is there; from now on, where somebody was.
    pub(super) fn set(&self, is_idle: bool) {
        let mut doing = self.0.lock();
        match (*doing, is_idle) {
            (Doing::Idle(_) | Doing::Leaving, true) => {}
            (_, true) => *doing = Doing::Idle(Instant::now()),
            // Who is asked to sleep and does not is counted again.
            (_, false) => *doing = Doing::Busy,
        }
    }

    fn doing(&self) -> Doing {
        *self.0.lock()
    }
}

impl Drop for Place {
    fn drop(&mut self) {
        let tenant = self.taken.lock().runs.remove(&self.number);
        if let Some(tenant) = tenant {
            tenant.activity.set(false);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const ADA: Option<Who> = Some(Who::Learner(1));
    const BOB: Option<Who> = Some(Who::Learner(2));

    /// A sandbox that takes a place.
    struct Sandbox {
        activity: Arc<Activity>,
        letters: mpsc::Sender<Letter>,
        inbox: mpsc::Receiver<Letter>,
        place: Option<Place>,
    }

    impl Sandbox {
        fn of(who: Option<Who>, places: &Places) -> Self {
            let (letters, inbox) = mpsc::channel(8);
            let mut sandbox = Self {
                activity: Arc::default(),
                letters,
                inbox,
                place: None,
            };
            sandbox.start(who, places);
            sandbox
        }

        fn start(&mut self, who: Option<Who>, places: &Places) {
            let weak = self.letters.downgrade();
            self.place = places.take(who, &self.activity, &weak).ok();
        }

        fn is_asked_to_sleep(&mut self) -> bool {
            self.inbox.try_recv().is_ok()
        }
    }

    fn places(all: usize, each: usize) -> Places {
        let limits = RunLimits {
            all,
            each,
            at_address: 2,
        };
        Places::new(limits, Whence::default(), Refusals::default())
    }

    #[tokio::test]
    async fn those_at_one_address_have_a_number_together() {
        let places = places(9, 9);
        let note = |who: Option<Who>, address: &str| {
            places
                .whence
                .note(who.unwrap(), Some(address.parse().unwrap()));
        };
        note(ADA, "2001:db8::1");
        note(BOB, "2001:db8::2");
        let mut adas = Sandbox::of(ADA, &places);
        let bobs = Sandbox::of(BOB, &places);
        assert!(bobs.place.is_some() && Sandbox::of(BOB, &places).place.is_none());
        let weak = bobs.letters.downgrade();
        let refused = places.take(BOB, &Arc::default(), &weak).unwrap_err();
        assert!(refused.0.contains("at your address"), "{refused:?}");
        adas.activity.set(true);
        assert!(places.take(BOB, &Arc::default(), &weak).is_ok());
        assert!(adas.is_asked_to_sleep());
        note(BOB, "192.0.2.1");
        assert!(Sandbox::of(BOB, &places).place.is_some());
        note(BOB, "127.0.0.1");
        assert!(Sandbox::of(BOB, &places).place.is_some());
    }

    #[tokio::test]
    async fn the_one_that_is_idle_for_longest_sleeps_for_the_next() {
        let places = places(9, 2);
        let mut first = Sandbox::of(ADA, &places);
        let mut second = Sandbox::of(ADA, &places);
        let mut bobs = Sandbox::of(BOB, &places);
        bobs.activity.set(true);
        second.activity.set(true);
        first.activity.set(true);
        let third = Sandbox::of(ADA, &places);
        assert!(third.place.is_some());
        assert!(second.is_asked_to_sleep());
        assert!(!first.is_asked_to_sleep() && !bobs.is_asked_to_sleep());
    }

    #[tokio::test]
    async fn none_that_is_in_use_ends_for_another() {
        let places = places(9, 2);
        let held = [Sandbox::of(ADA, &places), Sandbox::of(ADA, &places)];
        let third = Sandbox::of(ADA, &places);
        assert!(held.iter().all(|it| it.place.is_some()) && third.place.is_none());
        assert!(Sandbox::of(BOB, &places).place.is_some());
        drop(held);
        assert!(Sandbox::of(ADA, &places).place.is_some());
        assert_eq!(places.taken(), 0);
        let mut totals = places.refusals.totals();
        assert!(totals.any(|it| it == ("runs-per-learner", 1)));
    }

    #[tokio::test]
    async fn all_together_have_a_number() {
        let places = places(2, 2);
        let _ada = Sandbox::of(ADA, &places);
        let mut bob = Sandbox::of(BOB, &places);
        let (letters, _inbox) = mpsc::channel(1);
        let weak = letters.downgrade();
        let full = places.take(None, &Arc::default(), &weak).unwrap_err();
        assert!(full.0.contains("all 2 servers"), "{full:?}");
        bob.activity.set(true);
        assert!(places.take(None, &Arc::default(), &weak).is_ok());
        assert!(bob.is_asked_to_sleep());
    }

    #[tokio::test]
    async fn one_that_wakes_before_it_sleeps_is_counted_again() {
        let places = places(9, 1);
        let mut first = Sandbox::of(ADA, &places);
        first.activity.set(true);
        let second = Sandbox::of(ADA, &places);
        assert!(second.place.is_some() && first.is_asked_to_sleep());
        first.activity.set(false);
        assert!(Sandbox::of(ADA, &places).place.is_none());
    }
}
