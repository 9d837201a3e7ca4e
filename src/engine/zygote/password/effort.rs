//! What a hash will take, told before it is begun: once under way Argon2 cannot be interrupted.

use std::time::{Duration, Instant};

use super::{PasswordFault, Result};
use crate::engine::zygote::host::Host;

/// How often a sample is taken, by the wall clock, since on some machines that of a process goes in steps of 10 ms. The
/// fastest counts: others may have had the processor in between.
const SAMPLES: u32 = 5;

/// Refuses what would take more than half of a turn: `units` of work, each a part of `sample`, which does `sampled`
/// units. `name` is the option that makes it less.
pub(super) fn affordable(
    host: &Host,
    units: u64,
    sampled: u32,
    name: &str,
    mut sample: impl FnMut(),
) -> Result<()> {
    let mut fastest = Duration::MAX;
    for _ in 0..SAMPLES {
        let began = Instant::now();
        sample();
        fastest = fastest.min(began.elapsed());
    }
    let expected = (fastest / sampled)
        .as_nanos()
        .max(1)
        .saturating_mul(units.into());
    let turn = host.limits.borrow().turn;
    if expected <= turn.as_nanos() / 2 {
        return Ok(());
    }
    let sentence = format!(
        "this hash would take too long: a turn of a sandbox’s server has {} ms (limit “turn”). Give a smaller {name}",
        turn.as_millis()
    );
    Err(PasswordFault::TooDear(sentence))
}
