//! Learners: people whom a cookie's token names, by its hash.

use rusqlite::OptionalExtension;

use super::{Store, StoreError, now_ms};

/// A learner's number in the database. It is never shown and never taken from a request.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct LearnerId(pub(super) i64);

impl Store {
    /// The learner with this SHA-256 of a token.
    pub async fn learner(&self, token_hash: &[u8; 32]) -> Result<Option<LearnerId>, StoreError> {
        let token_hash = *token_hash;
        self.read(move |connection| {
            connection
                .prepare_cached(
                    "SELECT id FROM learners WHERE token_hash = $1
                     UNION ALL SELECT learner_id FROM sessions WHERE token_hash = $1",
                )?
                .query_row([token_hash], |row| row.get(0).map(LearnerId))
                .optional()
        })
        .await
    }

    /// Makes a learner for this SHA-256 of a new token; the same hash again gives the same learner.
    pub async fn create_learner(&self, token_hash: &[u8; 32]) -> Result<LearnerId, StoreError> {
        let token_hash = *token_hash;
        self.write(move |connection| {
            connection
                .prepare_cached(
                    "INSERT INTO learners (token_hash, created_ms) VALUES ($1, $2)
                     ON CONFLICT (token_hash) DO UPDATE SET token_hash = excluded.token_hash
                     RETURNING id",
                )?
                .query_row((token_hash, now_ms()), |row| row.get(0).map(LearnerId))
        })
        .await
    }
}
