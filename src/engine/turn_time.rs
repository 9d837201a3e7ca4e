//! The time of one turn, counted as the processor time of the Run's process.
//!
//! On a machine with nothing else to do that is the wall clock. On a busy one a Run that waits for
//! its share is not ended for it; only after [`PATIENCE`] times the limit nobody waits any longer.

use std::time::{Duration, Instant};

/// For how long what was read of a process's clock is good enough to begin a turn with.
const FRESH: Duration = Duration::from_millis(5);

/// How many times its limit a turn may last by the wall clock.
const PATIENCE: u32 = 5;

/// The time of one turn.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct TurnTime {
    limit: Duration,
    /// Processor time of the process as the turn began.
    began: Duration,
    /// When to look again. Processor time never runs ahead of the wall clock, so not before.
    next: Instant,
    /// The end of patience.
    last: Instant,
}

impl TurnTime {
    /// A turn that begins now, as the process itself keeps it; `used` is what it has used so far. Its patience
    /// ends a tenth sooner, so that on a busy machine too it has the time to name the line.
    pub(super) fn inside(limit: Duration, now: Instant, used: Duration) -> Self {
        Self {
            limit,
            began: used,
            next: now + limit,
            last: now + limit * PATIENCE * 9 / 10,
        }
    }

    /// The same as `hxlab` keeps it. `grace` is once more than the limit, whichever clock strikes first.
    pub(super) fn outside(limit: Duration, grace: Duration, now: Instant, used: Duration) -> Self {
        Self {
            limit: limit + grace,
            began: used,
            next: now + limit + grace,
            last: now + limit * PATIENCE + grace,
        }
    }

    /// When [`TurnTime::is_over`] is worth asking.
    pub(super) fn next(&self) -> Instant {
        self.next
    }

    /// Whether the turn took too long; `used` is asked only when that is possible at all.
    pub(super) fn is_over(&mut self, now: Instant, used: impl FnOnce() -> Duration) -> bool {
        if now < self.next {
            return false;
        }
        let left = self.limit.saturating_sub(used().saturating_sub(self.began));
        self.next = (now + left).min(self.last);
        now >= self.next
    }

    /// Gives back time in which the Run could not go on.
    pub(super) fn forgive(&mut self, waited: Duration) {
        self.next += waited;
        self.last += waited;
    }
}

/// The clock of a process with one thread. To read it is a system call, too dear for each of many short turns.
#[derive(Debug, Default)]
pub(super) struct ProcessorClock {
    /// Whose; `None` is this process.
    pid: Option<u32>,
    /// When it was read last, and what it said.
    read: Option<(Instant, Duration)>,
}

impl ProcessorClock {
    /// The clock of a process, or of this one.
    pub(super) fn of(pid: Option<u32>) -> Self {
        Self { pid, read: None }
    }

    /// The processor time used so far; zero when the process is gone.
    pub(super) fn read(&self) -> Duration {
        processor_time(self.pid)
    }

    /// The same, or [`FRESH`] more at most: since the last reading it cannot have run for longer than it is ago.
    /// A turn that begins with more than was used is not ended too soon.
    pub(super) fn at_most(&mut self, now: Instant) -> Duration {
        if let Some((at, used)) = self.read {
            let since = now.saturating_duration_since(at);
            if since < FRESH {
                return used + since;
            }
        }
        let used = self.read();
        self.read = Some((now, used));
        used
    }
}

/// The processor time that a process has used; zero when it is gone. `None` is this process.
fn processor_time(pid: Option<u32>) -> Duration {
    let mut clock = libc::CLOCK_PROCESS_CPUTIME_ID;
    let mut time = libc::timespec {
        tv_sec: 0,
        tv_nsec: 0,
    };
    // SAFETY: both calls only write to the variables given, which live here.
    let read = unsafe {
        let of = pid.and_then(|pid| libc::pid_t::try_from(pid).ok());
        of.is_none_or(|pid| libc::clock_getcpuclockid(pid, &raw mut clock) == 0)
            && libc::clock_gettime(clock, &raw mut time) == 0
    };
    if !read {
        return Duration::ZERO;
    }
    let seconds = u64::try_from(time.tv_sec).unwrap_or(0);
    Duration::new(seconds, u32::try_from(time.tv_nsec).unwrap_or(0))
}

#[cfg(test)]
mod tests {
    use super::*;

    const SECOND: Duration = Duration::from_secs(1);

    #[test]
    fn a_turn_that_computes_is_over_at_its_limit() {
        let start = Instant::now();
        let mut turn = TurnTime::outside(SECOND, Duration::ZERO, start, SECOND * 9);
        assert!(!turn.is_over(start + SECOND / 2, || unreachable!()));
        assert!(turn.is_over(start + SECOND, || SECOND * 10));
    }

    #[test]
    fn a_turn_that_waits_for_its_share_goes_on_until_patience_ends() {
        let start = Instant::now();
        let mut turn = TurnTime::outside(SECOND, Duration::ZERO, start, SECOND);
        assert!(!turn.is_over(start + SECOND, || SECOND + SECOND / 4));
        assert_eq!(turn.next(), start + SECOND + SECOND * 3 / 4);
        turn.forgive(SECOND);
        assert!(!turn.is_over(start + SECOND * 5, || SECOND));
        assert!(turn.is_over(start + SECOND * 6, || SECOND));
    }

    #[test]
    fn grace_is_given_once_by_either_clock() {
        let start = Instant::now();
        let grace = SECOND / 10;
        let mut turn = TurnTime::outside(SECOND, grace, start, Duration::ZERO);
        assert!(!turn.is_over(start + SECOND, || unreachable!()));
        assert!(
            turn.clone()
                .is_over(start + SECOND + grace, || SECOND + grace)
        );
        assert!(!turn.is_over(start + SECOND * 5, || SECOND / 2));
        assert!(turn.is_over(start + SECOND * 5 + grace, || SECOND / 2));
    }

    #[test]
    fn processor_time_can_be_read_of_this_process_and_any() {
        for pid in [None, Some(std::process::id())] {
            assert!(ProcessorClock::of(pid).read() > Duration::ZERO);
        }
    }

    #[test]
    fn what_was_read_a_moment_ago_counts_as_if_the_process_had_run_since() {
        let mut clock = ProcessorClock::of(None);
        let start = Instant::now();
        let used = clock.at_most(start);
        assert_eq!(clock.at_most(start + FRESH / 2), used + FRESH / 2);
        assert!(clock.at_most(start + FRESH) >= used);
        assert!(clock.at_most(start + FRESH * 3 / 2) >= used + FRESH / 2);
    }
}
