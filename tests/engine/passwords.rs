//! `Bun.password` in the jail: what takes more than a Run has is refused, or ends in time with its place.

use std::time::Duration;

use hxlab::engine::message::{FromRun, LimitName};
use hxlab::engine::{Limits, RunEnd};

use super::stage::{Actor, endless, engine, project};

const SERVER: &str = "
const cases = { CASES };
export default { async fetch(req) {
  try {
    return new Response(String(await cases[new URL(req.url).pathname.slice(1)]()));
  } catch (error) {
    return new Response(`${error.name}: ${error.message}`);
  }
} };";

#[tokio::test]
async fn bombs_of_passwords_are_refused_and_the_server_goes_on() {
    let code = "
      memory: () => Bun.password.hash('a', { algorithm: 'argon2id', memoryCost: 65536, timeCost: 1 }),
      everything: () => Bun.password.hashSync('a', { algorithm: 'argon2d', memoryCost: 4294967295 }),
      passes: () => Bun.password.hashSync('a', { algorithm: 'argon2i', memoryCost: 8, timeCost: 4294967295 }),
      rounds: () => Bun.password.hash('a', { algorithm: 'bcrypt', cost: 31 }),
      verified: () => Bun.password.verify('a', '$argon2id$v=19$m=8,t=4294967295,p=1$AAAAAAAAAAA$AAAAAAAAAAA'),
      lanes: () => Bun.password.verify('a', '$argon2id$v=19$m=4294967288,t=1,p=16777215$AAAAAAAAAAA$AAAAAAAAAAA'),
      long: () => Bun.password.verify('a', '$argon2id$v=19$m=8,t=1,p=1$AAAAAAAAAAA$' + 'A'.repeat(4000000)),
      many: async () => (await Promise.all(Array.from({ length: 30 }, (_, i) => Bun.password.hash('p' + i)))).length,
      usual: async () => Bun.password.verify('a', await Bun.password.hash('a')),";
    let engine = engine().await;
    let limits = Limits {
        turn: Duration::from_mins(1),
        ..Limits::default()
    };
    let server = SERVER.replace("CASES", code);
    let mut actor = Actor::spawn_with(&engine, &project(&server), limits).await;
    actor.until(|it| matches!(it, FromRun::Ready)).await;
    for (name, begins) in [
        ("memory", "RangeError: Bun.password: this hash needs 64 MiB"),
        ("everything", "RangeError: Bun.password: this hash needs"),
        ("passes", "RangeError: Bun.password: this hash would take"),
        ("rounds", "RangeError: Bun.password: this hash would take"),
        ("verified", "RangeError: Bun.password: this hash would take"),
        ("lanes", "RangeError: Bun.password: this hash needs"),
        ("long", "Error: Password verification failed"),
        ("many", "30"),
        ("usual", "true"),
    ] {
        let answer = actor.get(&format!("/{name}")).await;
        assert!(answer.starts_with(begins), "{name}: {answer}");
    }
}

#[tokio::test]
async fn hashing_without_end_is_ended_as_a_turn_that_takes_too_long() {
    let engine = engine().await;
    let limits = Limits {
        turn: Duration::from_millis(600),
        ..endless()
    };
    let server = SERVER.replace(
        "CASES",
        "on() { for (;;) Bun.password.hashSync('a', 'bcrypt'); },",
    );
    let mut actor = Actor::spawn_with(&engine, &project(&server), limits).await;
    actor.until(|it| matches!(it, FromRun::Ready)).await;
    actor.ask("GET", "/on", &[]);
    let end = actor.end().await;
    assert!(
        matches!(
            end,
            RunEnd::Limit {
                limit: LimitName::Turn,
                ..
            }
        ),
        "{end:?}"
    );
}
