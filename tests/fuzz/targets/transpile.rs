//! TypeScript and JSX, whatever a learner writes: it becomes code or a fault with a place in the file, and each
//! place of the code leads to one that is there. What is nested deeply is left out: it overflows the stack, which
//! a Run survives by other means (src/engine/zygote/scripts/last_words.rs).
#![no_main]

use hxlab_fuzz::transpile::{Dialect, Settings, transpile};
use libfuzzer_sys::fuzz_target;

const DIALECTS: [Dialect; 3] = [Dialect::TypeScript, Dialect::TypeScriptWithJsx, Dialect::Jsx];

fuzz_target!(|input: (u8, &str, &str)| {
    let (dialect, settings, text) = input;
    if text.len() > 2_000 {
        return;
    }
    let settings = Settings::read(settings).unwrap_or_default();
    let dialect = DIALECTS[usize::from(dialect) % DIALECTS.len()];
    let lines = u32::try_from(text.split('\n').count()).expect("a short text");
    match transpile("server.tsx", text, dialect, &settings) {
        Ok(made) => {
            for (number, line) in (1..).zip(made.code.lines()) {
                for column in [1, line.len() as u32 + 1] {
                    let (own, _) = made.places.own(number, column);
                    assert!((1..=lines).contains(&own), "{own} of {lines}");
                }
            }
        }
        Err(fault) => assert!((1..=lines).contains(&fault.line), "{fault:?}"),
    }
});
