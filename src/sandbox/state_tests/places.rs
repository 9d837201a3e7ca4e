//! Runs that get no place, and those that give theirs up.

use super::*;

#[test]
fn a_run_without_a_place_is_not_started_and_says_why() {
    let mut play = Play::default();
    assert_eq!(play.get(ONE, "/"), [Action::Start(1, Project::default())]);
    let (actions, records) = play.see_all(Event::Full(1, "8 of yours are in use".to_owned()));
    let why = Unavailable::Full("8 of yours are in use".to_owned());
    assert!(actions.contains(&Action::Answer(ONE, turned_back(1, why))));
    let told = records.iter().find_map(|record| match record {
        Record::Status(status) => status.reason.as_ref(),
        _ => None,
    });
    let told = &told.expect("a reason").sentence;
    assert_eq!(
        told,
        "The server was not started, because 8 of yours are in use."
    );
    assert_eq!(
        play.get(TWO, "/"),
        [Action::Start(2, Project::default())],
        "it is tried again"
    );
}

#[test]
fn a_run_sleeps_for_another_only_while_nobody_is_there() {
    let mut play = Play::running();
    let socket = play.join(ONE, "lobby");
    let sleep = || Command::Sleep("Another needs its place.".to_owned());
    assert_eq!(play.see(sleep()), []);
    play.see(Command::Closed(socket, 1000, String::new()));
    let (actions, records) = play.see_all(sleep());
    assert_eq!(actions, [Action::Kill(1)]);
    let [Record::Status(status)] = &records[..] else {
        panic!("{records:?}");
    };
    let reason = status.reason.as_ref().expect("a reason");
    assert_eq!(
        (status.state, &*reason.sentence),
        (Phase::Asleep, "Another needs its place.")
    );
}
