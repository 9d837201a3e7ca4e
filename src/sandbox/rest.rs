//! Since when a sandbox has been without a Run.

use std::sync::{Mutex, PoisonError};
use std::time::Duration;

use tokio::time::Instant;

/// The time without a Run, noted by the sandbox's task after each event.
#[derive(Debug)]
pub struct Rest(Mutex<Option<Instant>>);

impl Default for Rest {
    fn default() -> Self {
        Self(Mutex::new(Some(Instant::now())))
    }
}

impl Rest {
    /// Something happened, and after it there is a Run or there is none.
    pub fn note(&self, has_run: bool) {
        *self.lock() = (!has_run).then(Instant::now);
    }

    /// Whether nothing has happened for so long, and there is no Run.
    pub fn has_lasted(&self, long: Duration) -> bool {
        self.lock().is_some_and(|since| since.elapsed() >= long)
    }

    fn lock(&self) -> std::sync::MutexGuard<'_, Option<Instant>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn it_lasts_from_the_last_event_without_a_run() {
        let rest = Rest::default();
        assert!(rest.has_lasted(Duration::ZERO));
        assert!(!rest.has_lasted(Duration::from_hours(1)));
        rest.note(true);
        assert!(!rest.has_lasted(Duration::ZERO));
        rest.note(false);
        assert!(rest.has_lasted(Duration::ZERO));
    }
}
