//! Whatever a server does, it is stopped, and the learner reads of which limit. How soon is measured by
//! `tests/bench`, not here.

use hxlab::engine::message::FromRun;
use hxlab::engine::{Limits, RunEnd};

use super::attacks::{ATTACKS, Attack};
use super::stage::{Actor, engine, project};

async fn is_stopped(name: &str) {
    let attack: &Attack = ATTACKS.iter().find(|it| it.name == name).unwrap();
    let engine = engine().await;
    // Rates that a busy machine reaches as well; the figures keep those of the attack.
    let limits = Limits {
        lines: 10,
        messages: 200,
        bytes: 256 * 1024,
        ..attack.limits()
    };
    let project = project(&attack.server());
    let mut actor = Actor::spawn_with(&engine, &project, limits.clone()).await;
    actor.until(|it| matches!(it, FromRun::Ready)).await;
    if attack.on_open {
        actor.knock("/");
    } else {
        actor.ask("GET", "/", &[]);
    }
    let end = actor.end().await;
    let RunEnd::Limit { limit, fault } = end else {
        panic!("{name}: {end:?}");
    };
    assert!(attack.ends_by.contains(&limit), "{name}: {limit:?}");
    if let Some(fault) = fault {
        let because = limits.because(limit);
        assert!(
            fault.message.starts_with(&because),
            "{name}: {}",
            fault.message
        );
    }
    let mut other = Actor::ready(
        &engine,
        "export default { fetch: () => new Response('on') };",
    )
    .await;
    assert_eq!(other.get("/").await, "on", "after {name}");
}

/// A test for each attack, and one that none was forgotten.
macro_rules! stopped {
    ($($name:ident)*) => {
        $(#[tokio::test]
        async fn $name() {
            is_stopped(stringify!($name)).await;
        })*

        #[test]
        fn every_attack_has_its_test() {
            let names = [$(stringify!($name)),*];
            let missing: Vec<_> = ATTACKS.iter().filter(|it| !names.contains(&it.name)).map(|it| it.name).collect();
            assert!(missing.is_empty(), "{missing:?}");
        }
    };
}

stopped! {
    endless_loop loop_that_catches async_loop endless_generator microtask_storm await_storm
    queue_microtask_storm catastrophic_pattern catastrophic_replace recursion_without_depth
    native_reverse native_join native_concat native_stringify native_index_of native_copy_within
    native_splice native_big_number
    array_bomb object_bomb text_bomb buffer_bomb closure_bomb promise_bomb rejection_bomb
    encoder_bomb decoder_bomb address_bomb header_bomb stream_bomb
    console_flood console_flood_of_long_lines fault_flood publish_storm large_publish_storm long_message_storm send_storm
    ping_storm subscribe_storm thousand_timers timer_chain
    endless_query endless_join native_instr row_bomb statement_bomb
    own_endless_body own_send_storm compression_loop hash_loop digest_loop hasher_bomb endless_sleep
    formats formats_kept zones collation segments long_number
    number_in_parts list_in_parts locales sorted_texts endless_list
}

#[tokio::test]
async fn deep_recursion_and_promises_that_never_settle_end_nobody() {
    let engine = engine().await;
    let server = "const down = (n) => down(n + 1) + 1;
      export default { fetch(req) {
        const { pathname } = new URL(req.url);
        if (pathname === '/deep') return new Response(String(down(0)));
        if (pathname === '/never') return new Promise(() => {});
        return new Response('on');
      } };";
    let mut actor = Actor::ready(&engine, server).await;
    assert_eq!(actor.fetch("GET", "/deep").await.0, 500);
    for _ in 0..100 {
        actor.ask("GET", "/never", &[]);
    }
    assert_eq!(actor.get("/").await, "on");
}

#[tokio::test]
async fn process_exit_is_heard_by_each_listener_once_and_ends_the_server() {
    let engine = engine().await;
    let server = "const { exit } = process;
      process.on('exit', (code) => { console.log('first', code); throw new Error('late'); });
      process.on('exit', (code) => { console.log('second', code); exit(3); });
      process.on('exit', () => console.log('never'));
      export default { fetch: () => exit(2) };";
    let mut actor = Actor::ready(&engine, server).await;
    actor.ask("GET", "/", &[]);
    let end = actor.end().await;
    let RunEnd::Crashed(words) = &end else {
        panic!("{end:?}");
    };
    assert!(words.contains('3'), "{words}");
    let lines = actor.lines();
    let [first, late, second, last] = lines.as_slice() else {
        panic!("{lines:?}");
    };
    assert_eq!((*first, *second), ("first 2", "second 2"));
    assert!(late.contains("late"), "{late}");
    assert_eq!(*last, "process.exit(3) has ended this server.");
}
