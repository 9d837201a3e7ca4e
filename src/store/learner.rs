//! Learners: people whom a cookie's token names, by its hash.

/// A learner's number in the database. It is never shown and never taken from a request.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) struct LearnerId(pub(in crate::store) i64);

impl LearnerId {
    /// The number under which the store has them.
    pub(crate) fn number(self) -> i64 {
        self.0
    }
}

/// The SHA-256 of a secret that only its owner has: a cookie's token, a recovery code.
pub(crate) type SecretHash = [u8; 32];
