//! Learners, their browsers' tokens and their recovery codes; and the secret by which newcomers' tokens are known.

use rusqlite::{Connection, OptionalExtension};

use super::{Writing, now_ms};
use crate::store::{LearnerId, Secret, SecretHash};

pub(super) fn site_secret(connection: &Connection) -> rusqlite::Result<Option<Secret>> {
    connection
        .prepare_cached("SELECT secret FROM site_secrets WHERE name = 'newcomers'")?
        .query_row([], |row| row.get(0))
        .optional()
}

pub(super) fn keep_site_secret(writing: &Writing<'_>, new: Secret) -> rusqlite::Result<Secret> {
    // Somebody else may have been first.
    writing
        .prepare_cached(
            "INSERT INTO site_secrets (name, secret) VALUES ('newcomers', $1)
             ON CONFLICT (name) DO UPDATE SET secret = secret
             RETURNING secret",
        )?
        .query_row([new], |row| row.get(0))
}

pub(super) fn of_token(
    connection: &Connection,
    token: SecretHash,
) -> rusqlite::Result<Option<LearnerId>> {
    connection
        .prepare_cached(
            "SELECT id FROM learners WHERE token_hash = $1
             UNION ALL SELECT learner_id FROM sessions WHERE token_hash = $1",
        )?
        .query_row([token], |row| row.get(0).map(LearnerId))
        .optional()
}

pub(super) fn create(writing: &Writing<'_>, token: SecretHash) -> rusqlite::Result<LearnerId> {
    writing
        .prepare_cached(
            "INSERT INTO learners (token_hash, created_ms) VALUES ($1, $2)
             ON CONFLICT (token_hash) DO UPDATE SET token_hash = excluded.token_hash
             RETURNING id",
        )?
        .query_row((token, now_ms()), |row| row.get(0).map(LearnerId))
}

pub(super) fn set_recovery(
    writing: &Writing<'_>,
    learner: LearnerId,
    code: SecretHash,
) -> rusqlite::Result<()> {
    writing.touch(learner);
    writing
        .prepare_cached(
            "INSERT INTO recovery_codes (learner_id, code_hash, created_ms)
             VALUES ($1, $2, $3)
             ON CONFLICT (learner_id) DO UPDATE
             SET code_hash = excluded.code_hash, created_ms = excluded.created_ms",
        )?
        .execute((learner.0, code, now_ms()))
        .map(drop)
}

pub(super) fn recover(
    writing: &Writing<'_>,
    code: SecretHash,
    token: SecretHash,
) -> rusqlite::Result<Option<LearnerId>> {
    let learner = writing
        .prepare_cached(
            "INSERT INTO sessions (token_hash, learner_id, created_ms)
             SELECT $1, learner_id, $2 FROM recovery_codes WHERE code_hash = $3
             RETURNING learner_id",
        )?
        .query_row((token, now_ms(), code), |row| row.get(0).map(LearnerId))
        .optional()?;
    if let Some(learner) = learner {
        writing.touch(learner);
    }
    Ok(learner)
}

pub(super) fn void_recovery(writing: &Writing<'_>, learner: LearnerId) -> rusqlite::Result<()> {
    writing.touch(learner);
    writing
        .prepare_cached("DELETE FROM recovery_codes WHERE learner_id = $1")?
        .execute([learner.0])
        .map(drop)
}

pub(super) fn keep_only(
    writing: &Writing<'_>,
    learner: LearnerId,
    token: SecretHash,
) -> rusqlite::Result<()> {
    void_recovery(writing, learner)?;
    writing
        .prepare_cached("DELETE FROM sessions WHERE learner_id = $1")?
        .execute([learner.0])?;
    // The first browser's token stands with its learner.
    writing
        .prepare_cached("UPDATE learners SET token_hash = $1 WHERE id = $2")?
        .execute((token, learner.0))
        .map(drop)
}
