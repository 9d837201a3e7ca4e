//! Recovery: a code by which a learner goes on in another browser, without a name or an address.

use rusqlite::OptionalExtension;

use super::{LearnerId, Store, StoreError, now_ms};

impl Store {
    /// Keeps this SHA-256 of a learner's new code; the code before it is no longer good.
    pub async fn set_recovery(
        &self,
        learner: LearnerId,
        code_hash: &[u8; 32],
    ) -> Result<(), StoreError> {
        let code_hash = *code_hash;
        self.write(move |connection| {
            connection
                .prepare_cached(
                    "INSERT INTO recovery_codes (learner_id, code_hash, created_ms)
                     VALUES ($1, $2, $3)
                     ON CONFLICT (learner_id) DO UPDATE
                     SET code_hash = excluded.code_hash, created_ms = excluded.created_ms",
                )?
                .execute((learner.0, code_hash, now_ms()))
                .map(drop)
        })
        .await
    }

    /// Makes the browser with this SHA-256 of a new token the learner's to whom the code belongs; none
    /// when it is nobody's.
    pub async fn recover(
        &self,
        code_hash: &[u8; 32],
        token_hash: &[u8; 32],
    ) -> Result<Option<LearnerId>, StoreError> {
        let (code_hash, token_hash) = (*code_hash, *token_hash);
        self.write(move |connection| {
            connection
                .prepare_cached(
                    "INSERT INTO sessions (token_hash, learner_id, created_ms)
                     SELECT $1, learner_id, $2 FROM recovery_codes WHERE code_hash = $3
                     RETURNING learner_id",
                )?
                .query_row((token_hash, now_ms(), code_hash), |row| {
                    row.get(0).map(LearnerId)
                })
                .optional()
        })
        .await
    }
}
