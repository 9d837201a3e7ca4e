//! One process in reserve: forked and locked in before anybody asks for it, so that a Run begins with its
//! project. Whoever comes while there is none waits for a fork.

use parking_lot::{Mutex, MutexGuard};

use super::limits::Limits;
use super::link::Newborn;

/// What is in reserve.
#[derive(Debug, Default)]
pub(super) struct Reserve(Mutex<Stock>);

#[derive(Debug, Default)]
enum Stock {
    #[default]
    None,
    /// Somebody sees to it.
    Ordered,
    Process(Limits, Newborn),
}

impl Reserve {
    /// Gives the process away, if it lives and has these limits.
    pub(super) fn take(&self, limits: &Limits) -> Option<Newborn> {
        let mut stock = self.lock();
        match std::mem::take(&mut *stock) {
            Stock::Process(its, process) if its == *limits => process.lives().then_some(process),
            other => {
                *stock = other;
                None
            }
        }
    }

    /// Whether one is to be made; to whoever hears so, that nobody else does until it is [put](Reserve::put) here.
    pub(super) fn order(&self) -> bool {
        let mut stock = self.lock();
        let is_empty = matches!(*stock, Stock::None);
        if is_empty {
            *stock = Stock::Ordered;
        }
        is_empty
    }

    /// What came of the order.
    pub(super) fn put(&self, made: Option<(Limits, Newborn)>) {
        *self.lock() = made.map_or(Stock::None, |(limits, process)| {
            Stock::Process(limits, process)
        });
    }

    fn lock(&self) -> MutexGuard<'_, Stock> {
        self.0.lock()
    }
}
