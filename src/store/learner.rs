//! Learners: people whom a cookie's token names, by its hash.

use crate::budget::Who;

/// A learner's number in the database. It is shown to whoever runs the site alone, and never taken from a request.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) struct LearnerId(pub(in crate::store) i64);

impl LearnerId {
    /// Any one, for tests of higher floors.
    #[cfg(test)]
    pub(crate) const fn of_test(number: i64) -> Self {
        Self(number)
    }

    /// The number under which the store has them.
    pub(crate) fn number(self) -> i64 {
        self.0
    }

    /// As the budget of memory counts them.
    #[must_use]
    pub(crate) fn who(self) -> Who {
        Who::Learner(self.0)
    }
}

/// Random bytes that nobody outside learns.
pub(crate) type Secret = [u8; 32];

/// The SHA-256 of a secret that only its owner has: a cookie's token, a recovery code.
pub(crate) type SecretHash = [u8; 32];
