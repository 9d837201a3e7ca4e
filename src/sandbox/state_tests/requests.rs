//! Requests and their answers.

use super::*;

#[test]
fn the_wire_shows_a_request_when_it_comes_and_again_when_it_is_answered() {
    let mut play = Play::running();
    let (_, asked) = play.see_all(ask(ONE, "/page/2?q=1", false));
    let whole = ResponseBody::Whole(b"<p>two</p>".to_vec());
    let (_, answered) = play.see_all(Event::Said(1, respond(ONE, whole)));
    let (Record::Wire(first), Record::Wire(last)) = (&asked[0], &answered[0]) else {
        panic!("{asked:?} {answered:?}");
    };
    assert_eq!(first.entry, last.entry);
    let Crossed::Http(exchange) = &last.crossed else {
        panic!("{last:?}");
    };
    assert_eq!(exchange.htmx, [("HX-Request".into(), "true".into())]);
    assert_eq!(exchange.body.as_deref(), Some("<p>two</p>"));
    assert_eq!(exchange.duration, Some(1.0));
    assert!(play.state.requests.is_empty());
}

#[test]
fn a_request_without_an_answer_gets_504_and_its_run_is_told() {
    let mut play = Play::running();
    play.get(ONE, "/");
    let late = turned_back(1, Unavailable::Late);
    assert_eq!(
        play.see(Command::Late(ONE)),
        [
            Action::Tell(1, ToRun::Gone { request: ONE }),
            Action::Answer(ONE, late),
        ]
    );
    assert_eq!(play.said(1, respond(ONE, ResponseBody::Empty)), []);

    play.get(TWO, "/stream");
    play.said(1, respond(TWO, ResponseBody::Chunks { length: None }));
    assert_eq!(play.see(Command::Late(TWO)), []);
}

#[test]
fn what_waits_for_a_server_to_be_loaded_is_bounded() {
    let mut play = Play::default();
    let mut post = |number: u32| {
        let Command::Request { request, head, .. } = ask(RequestId(number), "/", false) else {
            unreachable!("`ask` asks");
        };
        let body = vec![b'x'; 1024 * 1024];
        play.see(Command::Request {
            request,
            head,
            body,
            more: false,
        })
    };
    assert_eq!(post(1).len(), 1);
    let busy = turned_back(2, Unavailable::Busy);
    assert_eq!(post(2), [Action::Answer(TWO, busy)]);
}
