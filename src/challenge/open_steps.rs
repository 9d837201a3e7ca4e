//! Steps of a lesson that are not done yet, and what of their claims the log has held since the last Run.
//!
//! [`OpenSteps::apply`] takes each record once, so a loud server costs what is new and not what is kept. What has held
//! once holds until the next Run, also where it has left the feed's list.

use std::collections::{HashMap, HashSet};

use crate::claim::Claim;
use crate::course::Step;
use crate::exercise::StepId;
use crate::sandbox::entry::{Crossed, Phase, Record, Status, WireEntry};
use crate::sandbox::feed::Crossings;

/// The steps that are open, with how far each has come.
#[derive(Debug)]
pub(crate) struct OpenSteps {
    steps: Vec<OpenStep>,
    /// The number of the Run whose log this is.
    run: Option<u32>,
    /// The number of the newest entry, and of the newest one before this Run.
    newest: u64,
    before: u64,
    /// Requests of before that no Run had answered: this one may.
    unanswered: HashSet<u64>,
    /// Whether nothing was missed since the Run began.
    is_whole: bool,
}

#[derive(Debug)]
struct OpenStep {
    id: StepId,
    claims: Vec<OpenClaim>,
}

#[derive(Debug)]
struct OpenClaim {
    claim: Claim,
    /// How often each entry fits, by its number, as long as more are needed.
    fits: HashMap<u64, usize>,
    /// Whether so many were found that nothing more can change it: a positive claim is met then, another one broken.
    is_settled: bool,
}

impl OpenSteps {
    /// These steps, of which nothing is known yet. Steps without claims are not for the log to tick.
    pub(crate) fn of<'s>(steps: impl IntoIterator<Item = &'s Step>) -> Self {
        let claimed = steps.into_iter().filter(|step| !step.claims.is_empty());
        let open = claimed.map(|step| OpenStep {
            id: step.id.clone(),
            claims: step.claims.iter().map(OpenClaim::of).collect(),
        });
        Self {
            steps: open.collect(),
            run: None,
            newest: 0,
            before: 0,
            unanswered: HashSet::new(),
            is_whole: true,
        }
    }

    /// Whether there are none.
    pub(crate) fn is_empty(&self) -> bool {
        self.steps.is_empty()
    }

    /// Takes in what came; answers the steps that are done now, in their order.
    pub(crate) fn apply(&mut self, crossings: &Crossings) -> Vec<StepId> {
        if !crossings.is_whole {
            self.is_whole = false;
            // What became of them may be gone.
            self.unanswered.clear();
        }
        for record in &crossings.records {
            match record {
                Record::Status(status) => self.heed(status, crossings.is_whole),
                Record::Wire(entry) => self.hold(entry),
                _ => {}
            }
        }
        let done = self.steps.iter();
        let done = done.filter(|step| step.claims.iter().all(|claim| claim.holds(self.is_whole)));
        done.map(|step| step.id.clone()).collect()
    }

    /// Takes out steps that are kept as done.
    pub(crate) fn close(&mut self, done: &[StepId]) {
        self.steps.retain(|step| !done.contains(&step.id));
    }

    /// With another Run the log begins anew.
    fn heed(&mut self, status: &Status, is_whole: bool) {
        if status.state != Phase::Running || self.run == Some(status.run) {
            return;
        }
        self.run = Some(status.run);
        self.before = self.newest;
        self.is_whole = is_whole;
        for claim in self.steps.iter_mut().flat_map(|step| &mut step.claims) {
            *claim = OpenClaim::of(&claim.claim);
        }
    }

    fn hold(&mut self, entry: &WireEntry) {
        let number = entry.entry;
        self.newest = self.newest.max(number);
        let waits = match &entry.crossed {
            Crossed::Http(exchange) => exchange.status.is_none() && !exchange.done,
            _ => false,
        };
        let is_new = number > self.before || self.unanswered.contains(&number);
        if waits {
            self.unanswered.insert(number);
        } else {
            self.unanswered.remove(&number);
        }
        if !is_new {
            return;
        }
        for claim in self.steps.iter_mut().flat_map(|step| &mut step.claims) {
            claim.hold(entry);
        }
    }
}

impl OpenClaim {
    fn of(claim: &Claim) -> Self {
        Self {
            claim: claim.clone(),
            fits: HashMap::new(),
            is_settled: false,
        }
    }

    /// Of a thing that has changed, the later state counts.
    fn hold(&mut self, entry: &WireEntry) {
        if self.is_settled {
            return;
        }
        match self.claim.count(entry) {
            0 => _ = self.fits.remove(&entry.entry),
            fits => _ = self.fits.insert(entry.entry, fits),
        }
        // Where none may be there, one is enough.
        let enough = self.claim.times.unwrap_or(1).max(1);
        if self.fits.values().sum::<usize>() >= enough {
            self.is_settled = true;
            self.fits = HashMap::new();
        }
    }

    fn holds(&self, is_whole: bool) -> bool {
        if self.claim.is_positive() {
            self.is_settled
        } else {
            !self.is_settled && is_whole
        }
    }
}

#[cfg(test)]
#[path = "open_steps_tests.rs"]
mod tests;
