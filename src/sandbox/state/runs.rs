//! Runs come and go: the new one is loaded before the old one ends.

use super::super::entry::{Phase, Reason, Record, Status};
use super::super::outbox::End;
use super::{Action, ActionPlan, RunNumber, StartOutcome, State, Unavailable};
use crate::engine::RunEnd;
use crate::engine::message::Thrown;
use crate::limits::Limits;
use crate::project::Project;

impl State {
    /// Starts the kept project beside what runs now.
    pub(super) fn start(&mut self, plan: &mut ActionPlan) {
        self.start_with(self.project.clone(), plan);
    }

    /// The same for another project than the kept one.
    pub(super) fn start_with(&mut self, project: Project, plan: &mut ActionPlan) {
        if let Some(unready) = self.starting.take() {
            plan.push(Action::Kill(unready));
            let sentence = "A newer Run took its place.".to_owned();
            plan.push(Action::Resolve(
                unready,
                StartOutcome::Ended(unready, sentence),
            ));
        }
        self.runs += 1;
        self.starting = Some(self.runs);
        self.down = None;
        plan.status(Phase::Starting, self.runs);
        self.loading = Some(project.clone());
        plan.push(Action::Start(self.runs, project));
    }

    /// The learner ends the Run.
    pub(super) fn stop(&mut self, plan: &mut ActionPlan) {
        self.bring_down(Unavailable::Stopped, "You stopped it.", plan);
        plan.status(Phase::Stopped, self.runs);
    }

    /// Whoever runs the site ends the Run; the learner reads so.
    pub(super) fn stop_for_operator(&mut self, plan: &mut ActionPlan) {
        self.bring_down(Unavailable::StoppedByOperator, BY_OPERATOR, plan);
        plan.record(Record::Status(Status {
            state: Phase::Stopped,
            run: self.runs,
            at: plan.milliseconds(),
            reason: Some(Reason {
                limit: None,
                sentence: BY_OPERATOR.to_owned(),
            }),
            fault: None,
        }));
    }

    /// A Run without clients gives its memory back.
    pub(super) fn sleep(&mut self, why: &str, plan: &mut ActionPlan) {
        if let Some(run) = self.current.take_if(|_| self.starting.is_none()) {
            plan.push(Action::Kill(run));
            plan.record(Record::Status(Status {
                state: Phase::Asleep,
                run,
                at: plan.milliseconds(),
                reason: Some(Reason {
                    limit: None,
                    sentence: why.to_owned(),
                }),
                fault: None,
            }));
        }
    }

    /// A Run is loaded: it takes over, and the clients of the old one are told to come back.
    pub(super) fn ready(&mut self, run: RunNumber, plan: &mut ActionPlan) {
        if self.starting != Some(run) {
            return;
        }
        self.starting = None;
        self.loaded = self.loading.take();
        self.told.clear();
        self.changes.clear();
        if let Some(old) = self.current.replace(run) {
            self.forget_clients(old, &Unavailable::Replaced, 1012, "restart", plan);
            plan.push(Action::Kill(old));
        }
        plan.status(Phase::Running, run);
        plan.push(Action::Resolve(run, StartOutcome::Running(run)));
        self.ask_waiting(run, plan);
    }

    /// A Run is over, by itself or not.
    pub(super) fn ended(&mut self, run: RunNumber, end: RunEnd, plan: &mut ActionPlan) {
        if !self.wants(run) {
            return;
        }
        let was_starting = self.starting == Some(run);
        let (phase, reason, fault) = told(end, &self.limits);
        let (down, outcome) = match (&fault, phase) {
            (Some(fault), Phase::Failed) => (
                Unavailable::Failed(fault.clone()),
                StartOutcome::Failed(run, fault.clone()),
            ),
            _ => (
                Unavailable::Crashed(reason.sentence.clone()),
                StartOutcome::Ended(run, reason.sentence.clone()),
            ),
        };
        if was_starting {
            plan.push(Action::Resolve(run, outcome));
            self.starting = None;
        } else {
            self.current = None;
        }
        // A Run that is being loaded beside the one that died will answer instead.
        if self.starting.is_none() {
            self.bring_down(down, "", plan);
        } else {
            self.forget_clients(run, &down, 1011, "the server died", plan);
        }
        // One that dies while it is loaded would do so again with each request.
        if self.revives && !was_starting {
            self.down = None;
        }
        plan.record(Record::Status(Status {
            state: phase,
            run,
            at: plan.milliseconds(),
            reason: Some(reason),
            fault,
        }));
    }

    /// There is no place for a Run that was to start. The next request, or the next press of Run, tries again.
    pub(super) fn full(&mut self, run: RunNumber, sentence: String, plan: &mut ActionPlan) {
        if self.starting != Some(run) {
            return;
        }
        self.starting = None;
        let reason = format!("The server was not started, because {sentence}.");
        plan.push(Action::Resolve(
            run,
            StartOutcome::Ended(run, reason.clone()),
        ));
        if self.current.is_none() {
            self.refuse_all(&Unavailable::Full(sentence), plan);
        }
        plan.record(Record::Status(Status {
            state: if self.current.is_some() {
                Phase::Running
            } else {
                Phase::Asleep
            },
            run: self.current.unwrap_or(run),
            at: plan.milliseconds(),
            reason: Some(Reason {
                limit: None,
                sentence: reason,
            }),
            fault: None,
        }));
    }

    /// Ends whatever runs; nobody answers until the next start.
    fn bring_down(&mut self, why: Unavailable, sentence: &str, plan: &mut ActionPlan) {
        if let Some(unready) = self.starting.take() {
            plan.push(Action::Kill(unready));
            let outcome = StartOutcome::Ended(unready, sentence.to_owned());
            plan.push(Action::Resolve(unready, outcome));
        }
        if let Some(run) = self.current.take() {
            plan.push(Action::Kill(run));
        }
        self.refuse_all(&why, plan);
        for socket in self.sockets.keys().copied().collect::<Vec<_>>() {
            let end = End::Close(1011, "the server is gone".to_owned());
            self.end_socket(socket, end, plan);
        }
        self.down = Some(why);
    }

    /// Ends what belongs to one Run.
    fn forget_clients(
        &mut self,
        run: RunNumber,
        why: &Unavailable,
        code: u16,
        reason: &str,
        plan: &mut ActionPlan,
    ) {
        self.refuse_run(run, why, plan);
        for socket in self.sockets_of(run) {
            self.end_socket(socket, End::Close(code, reason.to_owned()), plan);
        }
    }
}

/// Why a Run ended that nobody who uses it has ended.
const BY_OPERATOR: &str = "Whoever runs this site stopped the server.";

/// An end in words: the phase that follows, why, and what was thrown.
fn told(end: RunEnd, limits: &Limits) -> (Phase, Reason, Option<Thrown>) {
    let crash = |sentence: String| Reason {
        limit: None,
        sentence,
    };
    match end {
        RunEnd::Failed(fault) => {
            let sentence = "The server could not be loaded.".to_owned();
            (Phase::Failed, crash(sentence), Some(fault))
        }
        RunEnd::Limit { limit, fault } => {
            let reason = Reason {
                limit: Some(limit),
                sentence: format!("The server was stopped because {}.", limits.because(limit)),
            };
            (Phase::Crashed, reason, fault)
        }
        RunEnd::Crashed(how) => (
            Phase::Crashed,
            crash(format!("The server's process died ({how}).")),
            None,
        ),
        RunEnd::Broke(how) => (
            Phase::Crashed,
            crash(format!(
                "The server's process was ended because it broke the rules of its line ({how})."
            )),
            None,
        ),
        RunEnd::Killed => (
            Phase::Crashed,
            crash("The server's process was ended from outside.".to_owned()),
            None,
        ),
    }
}
