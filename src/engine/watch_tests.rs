use super::*;
use crate::engine::message::{Level, RequestId, SocketId};

fn used() -> Duration {
    Duration::ZERO
}

fn watch(now: Instant) -> Watch {
    let mut watch = Watch::new(Limits::default(), now);
    watch.sent(1, now, used);
    watch.hear(&FromRun::Ready, 1, None, now, used).unwrap();
    watch
        .hear(
            &FromRun::Idle {
                done: 1,
                timers: false,
            },
            1,
            None,
            now,
            used,
        )
        .unwrap();
    watch
}

#[test]
fn loading_has_a_clock_of_its_own() {
    let now = Instant::now();
    let mut watch = Watch::new(Limits::default(), now);
    assert_eq!(watch.deadline(), None);
    watch.sent(1, now, used);
    assert_eq!(watch.deadline(), Some(now + Duration::from_secs(2) + GRACE));
}

#[test]
fn each_turn_begins_the_clock_anew_and_idle_ends_it() {
    let start = Instant::now();
    let later = start + Duration::from_millis(300);
    let mut watch = watch(start);
    assert_eq!(watch.deadline(), None);
    watch.sent(3, start, used);
    assert_eq!(
        watch.deadline(),
        Some(start + Duration::from_secs(1) + GRACE)
    );
    watch
        .hear(
            &FromRun::Idle {
                done: 2,
                timers: false,
            },
            1,
            None,
            later,
            used,
        )
        .unwrap();
    assert_eq!(
        watch.deadline(),
        Some(later + Duration::from_secs(1) + GRACE)
    );
    watch.forgive(Duration::from_secs(5));
    assert_eq!(
        watch.deadline(),
        Some(later + Duration::from_secs(6) + GRACE)
    );
    watch
        .hear(
            &FromRun::Idle {
                done: 3,
                timers: false,
            },
            1,
            None,
            later,
            used,
        )
        .unwrap();
    assert_eq!(watch.deadline(), None);
}

#[test]
fn a_timer_is_a_turn_too() {
    let now = Instant::now();
    let mut watch = watch(now);
    watch.hear(&FromRun::Turn, 1, None, now, used).unwrap();
    assert!(watch.deadline().is_some());
    watch
        .hear(
            &FromRun::Idle {
                done: 1,
                timers: false,
            },
            1,
            None,
            now,
            used,
        )
        .unwrap();
    assert_eq!(watch.deadline(), None);
}

#[test]
fn idle_cannot_be_said_to_stop_the_clock() {
    let now = Instant::now();
    for done in [0, 1, 3] {
        let mut watch = watch(now);
        watch.sent(2, now, used);
        let heard = watch.hear(
            &FromRun::Idle {
                done,
                timers: false,
            },
            1,
            None,
            now,
            used,
        );
        assert!(matches!(heard, Err(Violation::Broke(_))), "{done}");
    }
}

#[test]
fn a_run_may_only_name_what_it_was_given() {
    let now = Instant::now();
    let mut watch = watch(now);
    let ping = FromRun::Ping {
        socket: SocketId(4),
        payload: Vec::new(),
        pong: false,
    };
    assert!(watch.hear(&ping, 1, None, now, used).is_err());
    assert!(watch.hear(&ping, 1, Some(3), now, used).is_err());
    assert!(watch.hear(&ping, 1, Some(4), now, used).is_ok());
}

#[test]
fn statuses_and_pieces_are_checked() {
    let now = Instant::now();
    let mut watch = watch(now);
    let request = RequestId(1);
    for status in [0, 101, 199, 600] {
        let body = ResponseBody::Empty;
        let respond = FromRun::Respond {
            request,
            status,
            headers: Vec::new(),
            body,
        };
        assert!(
            watch.hear(&respond, 1, Some(1), now, used).is_err(),
            "{status}"
        );
    }
    let bytes = vec![0; CHUNK_LIMIT + 1];
    assert!(
        watch
            .hear(&FromRun::Chunk { request, bytes }, 1, Some(1), now, used)
            .is_err()
    );
}

#[test]
fn a_flood_of_lines_is_a_limit() {
    let now = Instant::now();
    let mut watch = watch(now);
    let line = FromRun::Log {
        level: Level::Log,
        text: "x".into(),
        at: None,
    };
    let refused = (0..100_000).find_map(|_| watch.hear(&line, 10, None, now, used).err());
    assert_eq!(refused, Some(Violation::Limit(LimitName::Lines)));
}
