//! Runs that come and go.

use super::*;

#[test]
fn the_first_request_starts_the_server_and_waits_for_it() {
    let mut play = Play::default();
    assert_eq!(play.get(ONE, "/"), [Action::Start(1, Project::default())]);
    assert_eq!(play.get(TWO, "/2"), []);
    let told: Vec<_> = play
        .said(1, FromRun::Ready)
        .into_iter()
        .filter_map(|action| match action {
            Action::Tell(1, ToRun::Request { request, .. }) => Some(request),
            _ => None,
        })
        .collect();
    assert_eq!(told, [ONE, TWO]);
}

#[test]
fn run_again_loads_first_then_sends_the_old_clients_back() {
    let mut play = Play::running();
    let socket = play.join(ONE, "lobby");
    play.get(TWO, "/slow");
    assert_eq!(
        play.see(Command::Run(Project::default())),
        [Action::Start(2, Project::default())]
    );
    assert_eq!(
        play.said(2, FromRun::Ready),
        [
            Action::Answer(TWO, turned_back(3, Unavailable::Replaced)),
            Action::EndSocket(socket, End::Close(1012, "restart".into())),
            Action::Kill(1),
            Action::Resolve(2, StartOutcome::Running(2)),
        ]
    );
    let late = FromRun::Send {
        socket,
        payload: text("from the old Run"),
    };
    assert_eq!(play.said(1, late), []);
}

#[test]
fn a_server_that_does_not_load_is_named_to_who_asks() {
    let fault = Thrown {
        name: "SyntaxError".into(),
        message: "unexpected token".into(),
        frames: vec![],
    };
    let mut play = Play::running();
    play.see(Command::Run(Project::default()));
    assert_eq!(
        play.see(Event::Ended(2, RunEnd::Failed(fault.clone()))),
        [
            Action::Resolve(2, StartOutcome::Failed(2, fault.clone())),
            Action::Kill(1),
        ]
    );
    let failed = turned_back(1, Unavailable::Failed(fault));
    assert_eq!(play.get(ONE, "/"), [Action::Answer(ONE, failed)]);
    assert_eq!(
        play.see(Command::Run(Project::default())),
        [Action::Start(3, Project::default())]
    );
}

#[test]
fn a_limit_is_named_and_ends_every_client() {
    let mut play = Play::running();
    let socket = play.join(ONE, "lobby");
    let limit = RunEnd::Limit {
        limit: LimitName::Turn,
        fault: None,
    };
    let (actions, records) = play.see_all(Event::Ended(1, limit));
    assert_eq!(
        actions,
        [Action::EndSocket(
            socket,
            End::Close(1011, "the server is gone".into())
        )]
    );
    let Some(Record::Status(status)) = records.last() else {
        panic!("no status in {records:?}");
    };
    let reason = status.reason.as_ref().expect("a reason");
    assert_eq!(reason.limit, Some(LimitName::Turn));
    assert!(matches!(
        play.get(TWO, "/")[..],
        [Action::Answer(
            TWO,
            Reply::Unavailable {
                why: Unavailable::Crashed(_),
                ..
            }
        )]
    ));
}

#[test]
fn nothing_said_of_a_stranger_has_an_effect() {
    let mut play = Play::running();
    play.join(ONE, "lobby");
    play.see(Command::Run(Project::default()));
    let (socket, request) = (SocketId(1), TWO);
    play.get(request, "/");
    for message in [
        respond(RequestId(9), ResponseBody::Empty),
        FromRun::Terminate {
            socket: SocketId(9),
        },
        FromRun::Send {
            socket: SocketId(9),
            payload: text("x"),
        },
        FromRun::End {
            request,
            broken: false,
        },
        FromRun::Upgrade {
            request,
            headers: vec![],
            terms: TERMS,
        },
    ] {
        assert_eq!(play.said(1, message.clone()), [], "{message:?}");
    }
    let taken_over = FromRun::Send {
        socket,
        payload: text("from a Run that has no clients"),
    };
    assert_eq!(play.said(2, taken_over), []);
}

#[test]
fn sleep_needs_a_quiet_sandbox_and_the_next_request_wakes_it() {
    let mut play = Play::running();
    assert!(play.state.is_quiet());
    play.get(ONE, "/");
    assert!(!play.state.is_quiet());
    play.said(1, respond(ONE, ResponseBody::Empty));
    assert_eq!(play.see(Event::Quiet), [Action::Kill(1)]);
    assert!(!play.state.is_quiet());
    assert_eq!(play.get(TWO, "/"), [Action::Start(2, Project::default())]);
}

#[test]
fn what_the_gateway_changes_is_told_once_a_run() {
    let mut play = Play::running();
    let mut told = || {
        play.see_all(Command::Changed("It was left out".into()))
            .1
            .len()
    };
    assert_eq!((told(), told()), (1, 0));
    play.see(Command::Run(Project::default()));
    play.said(2, FromRun::Ready);
    let (_, records) = play.see_all(Command::Changed("It was left out".into()));
    assert_eq!(records.len(), 1);
}

#[test]
fn timers_are_told_to_those_who_asked() {
    let mut play = Play::running();
    let idle = |timers| Event::Said(1, FromRun::Idle { done: 0, timers });
    assert_eq!(play.see_all(idle(true)), (vec![], vec![]));
    play.see(Command::TellWork);
    let told = vec![Record::Timers { due: false }];
    assert_eq!(play.see_all(idle(false)), (vec![], told));
}
