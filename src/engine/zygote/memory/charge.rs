//! Memory that a library of Rust's takes for itself, counted with the Run's by an estimate.

use std::cell::Cell;
use std::rc::Rc;

use crate::engine::zygote::host::Host;

/// What somebody is charged for, until it is dropped.
pub(in crate::engine::zygote) struct Charge {
    host: Rc<Host>,
    size: Cell<usize>,
}

impl Charge {
    /// Nothing yet.
    pub(in crate::engine::zygote) fn of(host: &Rc<Host>) -> Self {
        Self {
            host: Rc::clone(host),
            size: Cell::new(0),
        }
    }

    /// Charges so many bytes instead; false where that would take more than half of the room, and the old charge
    /// stays: whoever is told needs some.
    pub(in crate::engine::zygote) fn set(&self, size: usize) -> bool {
        let account = &self.host.memory;
        let old = self.size.get();
        if size.saturating_sub(old) > account.room() / 2 {
            return false;
        }
        account
            .used
            .set(account.used().saturating_sub(old).saturating_add(size));
        self.size.set(size);
        true
    }
}

impl Drop for Charge {
    fn drop(&mut self) {
        self.set(0);
    }
}
