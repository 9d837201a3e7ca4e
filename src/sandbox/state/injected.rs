//! Faults that a learner has happen to the clients of their own server: see [`State::inject`].
//!
//! What is refused, answered 500 or delayed is decided as a request comes in, so without faults there is nothing to pay
//! but a look. A request that is delayed is one of those that wait: it counts under the limits of requests and of what
//! waits in bytes, and the shell brings it up again. What holds ends with the next press of Run.

use std::collections::BTreeMap;
use std::time::Duration;

use serde::Serialize;

use super::super::entry::{Crossed, FaultEntry, HeldFaults, Influence, Record};
use super::{Action, ActionPlan, State};
use crate::engine::message::RequestId;

/// How long each request is held back while the learner has answers delayed.
const DELAY: Duration = Duration::from_secs(2);
/// How long connections are refused: pages try again several times, and notice.
const REFUSED_FOR: Duration = Duration::from_secs(10);

/// Who does it, as the wire names them.
const LEARNER: &str = "You";
/// The most clients that are listed by name.
const LISTED_LIMIT: usize = 20;

/// A fault that a learner has happen.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum InjectedFault {
    /// The connections of the client of this name on the wire, or of all, break.
    Cut(Option<String>),
    /// Connections are refused for a while.
    Refuse,
    /// Each answer is delayed, or no longer.
    Delay(bool),
    /// Each request is answered 500, or no longer.
    Fail(bool),
    /// The same code is started anew, without what it held in memory.
    Restart,
    /// All that holds is over.
    Off,
}

/// Why a server is not restarted.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub(crate) enum NoRestart {
    /// There is none.
    #[error("Nothing runs that could be restarted: press Run.")]
    NothingRuns,
    /// The start would fail, or take the place of what the learner has just run.
    #[error("A Run is being started: restart the server when it is up.")]
    Starting,
}

/// How many connections a client has open.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub(crate) struct OpenLines {
    /// Its name on the wire.
    pub(crate) client: String,
    pub(crate) connections: usize,
}

/// What was put off.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Due {
    /// A request is held back no longer.
    Request(RequestId),
    /// Connections are refused no longer.
    Refusal,
}

/// What holds.
#[derive(Debug, Default)]
pub(super) struct Injected {
    held: HeldFaults,
    /// How long each request is held back: while the learner has answers delayed, or a check does.
    delay: Option<Duration>,
}

impl Injected {
    /// Whether no connection is accepted.
    pub(super) fn refuses(&self) -> bool {
        self.held.refuses
    }

    /// Whether 500 is answered in the server's place.
    pub(super) fn fails(&self) -> bool {
        self.held.fails
    }

    /// How long a request is held back.
    pub(super) fn delay(&self) -> Option<Duration> {
        self.delay
    }

    /// What is said of a request that is held back; of what a check does nothing is.
    pub(super) fn influence_of_delay(&self) -> Option<Influence> {
        self.held.delays.then_some(Influence::Delayed)
    }
}

impl State {
    /// Has it happen, or says why it cannot.
    pub(super) fn inject(&mut self, fault: InjectedFault, plan: &mut ActionPlan) {
        let mut injected = Ok(());
        match fault {
            InjectedFault::Cut(client) => self.cut_by_learner(client.as_deref(), plan),
            InjectedFault::Refuse => self.begin_refusing(plan),
            InjectedFault::Delay(on) => self.delay_by_learner(on, plan),
            InjectedFault::Fail(on) => self.fail(on, plan),
            InjectedFault::Restart => injected = self.restart(plan),
            InjectedFault::Off => self.end_injected("You ended them.", plan),
        }
        plan.push(Action::Injected(injected));
    }

    /// Ends what holds; the sentence says why.
    pub(super) fn end_injected(&mut self, why: &str, plan: &mut ActionPlan) {
        if self.injected.held == HeldFaults::default() {
            return;
        }
        let over = names(self.injected.held);
        self.hold(HeldFaults::default(), plan);
        self.tell(format!("The faults are over: {over}. {why}"), plan);
        self.delay(None);
        self.release_all(plan);
    }

    /// From now on holds each request back for so long, or no longer. Those that are held back stay so.
    pub(super) fn delay(&mut self, long: Option<Duration>) {
        self.injected.delay = long;
    }

    /// What was put off is due.
    pub(super) fn due(&mut self, due: Due, plan: &mut ActionPlan) {
        match due {
            Due::Request(request) => self.release(request, plan),
            Due::Refusal => {
                if self.injected.held.refuses {
                    let held = HeldFaults {
                        refuses: false,
                        refuses_until: None,
                        ..self.injected.held
                    };
                    self.hold(held, plan);
                    self.tell("Connections are accepted again.", plan);
                }
            }
        }
    }

    /// Who has connections open: sockets and bodies that come in pieces. Those with the most come first.
    pub(super) fn open_lines(&self) -> Vec<OpenLines> {
        let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
        for client in self.lines() {
            *counts.entry(client).or_default() += 1;
        }
        let mut all: Vec<_> = counts.into_iter().collect();
        all.sort_by_key(|(_, connections)| std::cmp::Reverse(*connections));
        let listed = all.into_iter().take(LISTED_LIMIT);
        let line = |(client, connections): (&str, usize)| OpenLines {
            client: client.to_owned(),
            connections,
        };
        listed.map(line).collect()
    }

    /// Whose each open connection is.
    fn lines(&self) -> impl Iterator<Item = &str> {
        let streams = self.requests.values().filter(|it| it.streaming);
        let sockets = self.sockets.values().map(|it| &*it.label);
        sockets.chain(streams.map(|it| it.client.as_str()))
    }

    fn cut_by_learner(&mut self, client: Option<&str>, plan: &mut ActionPlan) {
        let is_it = |label: &&str| client.is_none_or(|client| client == *label);
        let count = self.lines().filter(is_it).count();
        let whose = client.map_or_else(String::new, |client| format!(" of {client}"));
        let sentence = match count {
            0 => format!("No connection{whose} was open to be cut."),
            1 => format!("You cut 1 connection{whose}."),
            _ => format!("You cut {count} connections{whose}."),
        };
        self.tell(sentence, plan);
        self.cut(client, plan);
    }

    fn begin_refusing(&mut self, plan: &mut ActionPlan) {
        let seconds = REFUSED_FOR.as_secs();
        let held = HeldFaults {
            refuses: true,
            refuses_until: Some(plan.milliseconds() + seconds * 1000),
            ..self.injected.held
        };
        self.hold(held, plan);
        self.tell(
            format!("You have requests and new connections refused for {seconds} s."),
            plan,
        );
        plan.push(Action::PutOff(REFUSED_FOR, Due::Refusal));
    }

    fn delay_by_learner(&mut self, delays: bool, plan: &mut ActionPlan) {
        let held = self.injected.held;
        if held.delays == delays {
            return;
        }
        self.hold(HeldFaults { delays, ..held }, plan);
        self.delay(delays.then_some(DELAY));
        if delays {
            let seconds = DELAY.as_secs();
            self.tell(format!("You delay each answer by {seconds} s."), plan);
        } else {
            self.tell("Answers are no longer delayed.", plan);
            self.release_all(plan);
        }
    }

    fn fail(&mut self, fails: bool, plan: &mut ActionPlan) {
        let held = self.injected.held;
        if held.fails == fails {
            return;
        }
        self.hold(HeldFaults { fails, ..held }, plan);
        self.tell(
            if fails {
                "You have each request answered 500."
            } else {
                "Your server is asked again."
            },
            plan,
        );
    }

    /// Starts what runs anew.
    fn restart(&mut self, plan: &mut ActionPlan) -> Result<(), NoRestart> {
        if self.starting.is_some() {
            return Err(NoRestart::Starting);
        }
        let project = self.loaded.clone().ok_or(NoRestart::NothingRuns)?;
        self.tell("You restart the server.", plan);
        self.start_with(project, plan);
        Ok(())
    }

    fn release(&mut self, request: RequestId, plan: &mut ActionPlan) {
        let asked = self.requests.get_mut(&request);
        let unsent = asked.and_then(|it| it.unsent.as_mut());
        if let Some(held) = unsent.filter(|it| it.is_held) {
            held.is_held = false;
            self.put(request, plan);
        }
    }

    fn release_all(&mut self, plan: &mut ActionPlan) {
        for request in self.requests.keys().copied().collect::<Vec<_>>() {
            self.release(request, plan);
        }
    }

    fn hold(&mut self, held: HeldFaults, plan: &mut ActionPlan) {
        self.injected.held = held;
        plan.record(Record::Faults(held));
    }

    fn tell(&mut self, sentence: impl Into<String>, plan: &mut ActionPlan) {
        let sentence = sentence.into();
        let fault = FaultEntry { sentence };
        self.crossed(LEARNER.to_owned(), Crossed::Fault(fault), plan);
    }
}

/// The faults that hold.
fn names(held: HeldFaults) -> String {
    let all = [
        (held.refuses, "refused connections"),
        (held.delays, "delayed answers"),
        (held.fails, "answers of 500"),
    ];
    let named: Vec<_> = all
        .iter()
        .filter(|(holds, _)| *holds)
        .map(|(_, name)| *name)
        .collect();
    named.join(", ")
}
