//! Faults that a learner has happen.

use super::*;
use std::time::Duration;

use crate::sandbox::entry::HeldFaults;

fn inject(fault: InjectedFault) -> Command {
    Command::Inject(fault)
}

/// Whether a Run was told of this request.
fn is_put(actions: &[Action], request: RequestId) -> bool {
    actions.iter().any(|action| {
        matches!(action, Action::Tell(_, ToRun::Request { request: put, .. }) if *put == request)
    })
}

#[test]
fn a_delayed_request_waits_among_the_others_and_is_put_to_the_run_when_it_is_due() {
    let mut play = Play::running();
    play.see(inject(InjectedFault::Delay(true)));
    let actions = play.get(ONE, "/");
    let due = Due::Request(ONE);
    let is_put_off = |action: &Action| matches!(action, Action::PutOff(_, it) if *it == due);
    assert!(actions.iter().any(is_put_off), "{actions:?}");
    assert!(!is_put(&actions, ONE));
    assert_eq!(play.state.clients(), 1, "it counts as one that waits");
    assert!(is_put(&play.see(Event::Due(due)), ONE));
    assert!(!is_put(&play.see(Event::Due(due)), ONE), "once");
}

#[test]
fn a_run_that_becomes_ready_is_not_asked_what_is_held_back() {
    let mut play = Play::running();
    play.see(inject(InjectedFault::Delay(true)));
    play.get(ONE, "/");
    play.see(inject(InjectedFault::Restart));
    assert!(!is_put(&play.said(2, FromRun::Ready), ONE));
    assert!(is_put(&play.see(Event::Due(Due::Request(ONE))), ONE));
}

#[test]
fn a_restart_runs_what_runs_and_takes_no_place_of_a_run_that_is_being_loaded() {
    let mut play = Play::running();
    let newer = Project::from_texts([("server.js", "newer")]).unwrap();
    play.see(Command::Run(newer));
    let actions = play.see(inject(InjectedFault::Restart));
    assert_eq!(actions, [Action::Injected(Err(NoRestart::Starting))]);
    play.see(Event::Full(2, "there is no place".to_owned()));
    let actions = play.see(inject(InjectedFault::Restart));
    let old = Action::Start(3, Project::default());
    assert!(actions.contains(&old), "{actions:?}");
}

#[test]
fn what_is_held_back_goes_on_when_the_delay_ends_and_who_went_away_is_not_asked_for() {
    let mut play = Play::running();
    play.see(inject(InjectedFault::Delay(true)));
    play.get(ONE, "/");
    play.get(TWO, "/");
    play.see(Command::Gone(TWO));
    let actions = play.see(inject(InjectedFault::Delay(false)));
    assert!(is_put(&actions, ONE) && !is_put(&actions, TWO));
    assert!(!is_put(&play.see(Event::Due(Due::Request(TWO))), TWO));
}

#[test]
fn too_much_that_is_held_back_has_a_sentence_of_its_own() {
    let mut play = Play::running();
    play.see(inject(InjectedFault::Delay(true)));
    let Command::Request { request, head, .. } = ask(ONE, "/", false) else {
        unreachable!("`ask` asks");
    };
    let body = vec![b'x'; crate::engine::QUEUE_LIMIT];
    let actions = play.see(Command::Request {
        request,
        head,
        body,
        more: false,
    });
    let is_refused = |action: &Action| {
        let why = Unavailable::Delayed;
        matches!(action, Action::Answer(ONE, Reply::Unavailable { why: it, .. }) if *it == why)
    };
    assert!(actions.iter().any(is_refused), "{actions:?}");
}

#[test]
fn delayed_requests_are_held_to_the_limit_of_requests() {
    let limits = Limits {
        requests: 1,
        ..Limits::default()
    };
    let state = State::new(Project::default(), limits);
    let mut play = Play { state, at: 0 };
    play.see(Command::Run(Project::default()));
    play.said(1, FromRun::Ready);
    play.see(inject(InjectedFault::Delay(true)));
    play.get(ONE, "/");
    let actions = play.get(TWO, "/");
    let is_full = |action: &Action| {
        matches!(
            action,
            Action::Answer(
                TWO,
                Reply::Unavailable {
                    why: Unavailable::Full(_),
                    ..
                }
            )
        )
    };
    assert!(actions.iter().any(is_full), "{actions:?}");
}

#[test]
fn connections_are_refused_until_that_is_due() {
    let mut play = Play::running();
    let is_refused = |actions: &[Action]| {
        actions.iter().any(|action| {
            let why = Unavailable::Refused;
            *action
                == Action::Answer(
                    ONE,
                    Reply::Unavailable {
                        entry: 2,
                        why: why.clone(),
                    },
                )
        })
    };
    let begun = play.see(inject(InjectedFault::Refuse));
    let is_put_off = |action: &Action| matches!(action, Action::PutOff(_, Due::Refusal));
    assert!(begun.iter().any(is_put_off), "{begun:?}");
    assert!(is_refused(&play.get(ONE, "/")));
    play.see(Event::Due(Due::Refusal));
    assert!(is_put(&play.get(TWO, "/"), TWO));
}

#[test]
fn the_next_run_ends_all_that_holds_and_without_faults_nothing_is_said() {
    let mut play = Play::running();
    for fault in [
        InjectedFault::Refuse,
        InjectedFault::Delay(true),
        InjectedFault::Fail(true),
    ] {
        play.see(inject(fault));
    }
    let (_, records) = play.see_all(Command::Run(Project::default()));
    assert!(records.contains(&Record::Faults(HeldFaults::default())));
    let (_, records) = play.see_all(Command::Run(Project::default()));
    assert!(!records.iter().any(|it| matches!(it, Record::Faults(_))));
}

/// What each request was answered in the server's place.
fn answered(actions: &[Action]) -> Vec<(RequestId, Unavailable)> {
    let answer = |action: &Action| match action {
        Action::Answer(request, Reply::Unavailable { why, .. }) => Some((*request, why.clone())),
        _ => None,
    };
    actions.iter().filter_map(answer).collect()
}

#[test]
fn what_is_delayed_and_answered_500_is_answered_late() {
    let mut play = Play::running();
    play.see(inject(InjectedFault::Delay(true)));
    play.see(inject(InjectedFault::Fail(true)));
    assert_eq!(answered(&play.get(ONE, "/")), []);
    // What came while it held is answered so, whatever is chosen meanwhile.
    play.see(inject(InjectedFault::Fail(false)));
    let (actions, records) = play.see_all(Event::Due(Due::Request(ONE)));
    assert_eq!(answered(&actions), [(ONE, Unavailable::Failing)]);
    let Some(Record::Wire(entry)) = records.last() else {
        panic!("{records:?}");
    };
    let Crossed::Http(exchange) = &entry.crossed else {
        panic!("{entry:?}");
    };
    assert!(exchange.duration.is_some_and(|it| it > 1.0), "{exchange:?}");
    play.get(TWO, "/");
    assert!(is_put(&play.see(Event::Due(Due::Request(TWO))), TWO));
}

#[test]
fn what_a_check_delays_is_no_fault_of_the_learners() {
    let mut play = Play::running();
    let long = Duration::from_millis(300);
    play.see(Command::Delay(Some(long)));
    let (actions, records) = play.see_all(ask(ONE, "/", false));
    assert_eq!(actions, [Action::PutOff(long, Due::Request(ONE))]);
    let [Record::Wire(entry)] = &records[..] else {
        panic!("{records:?}");
    };
    assert!(
        matches!(&entry.crossed, Crossed::Http(it) if it.injected.is_none()),
        "{entry:?}"
    );
    // It holds for those that come, and a Run does not end it.
    play.see(Command::Delay(None));
    assert!(is_put(&play.get(TWO, "/"), TWO));
    assert!(is_put(&play.see(Event::Due(Due::Request(ONE))), ONE));
}

#[test]
fn what_is_refused_says_until_when() {
    let mut play = Play::running();
    let (_, records) = play.see_all(inject(InjectedFault::Refuse));
    let until = |records: &[Record]| {
        let told = records.iter().find_map(|record| match record {
            Record::Faults(held) => Some(held.refuses_until),
            _ => None,
        });
        told.expect("what holds")
    };
    assert_eq!(until(&records), Some(play.at / 1000 + 10_000));
    let (_, records) = play.see_all(Event::Due(Due::Refusal));
    assert_eq!(until(&records), None);
}
