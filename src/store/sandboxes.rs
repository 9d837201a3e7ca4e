//! Which sandbox's address belongs to which draft. An address stays the same for good.

use rusqlite::OptionalExtension;

use super::{LearnerId, Store, StoreError, now_ms};

impl Store {
    /// The id of the sandbox of a learner's draft, if it has one.
    pub async fn sandbox_id(
        &self,
        learner: LearnerId,
        lesson: &str,
    ) -> Result<Option<String>, StoreError> {
        let lesson = lesson.to_owned();
        self.read(move |connection| {
            connection
                .prepare_cached("SELECT id FROM sandboxes WHERE learner_id = $1 AND lesson = $2")?
                .query_row((learner.0, lesson), |row| row.get(0))
                .optional()
        })
        .await
    }

    /// The id of the sandbox of a learner's draft, which becomes `new_id` if there was none. Of two
    /// callers at once both get the same.
    pub async fn sandbox_id_or(
        &self,
        learner: LearnerId,
        lesson: &str,
        new_id: &str,
    ) -> Result<String, StoreError> {
        let (lesson, new_id) = (lesson.to_owned(), new_id.to_owned());
        self.write(move |connection| {
            connection
                .prepare_cached(
                    "INSERT INTO sandboxes (id, learner_id, lesson, created_ms)
                     VALUES ($1, $2, $3, $4)
                     ON CONFLICT (learner_id, lesson) DO UPDATE SET lesson = excluded.lesson
                     RETURNING id",
                )?
                .query_row((new_id, learner.0, lesson, now_ms()), |row| row.get(0))
        })
        .await
    }

    /// Whose sandbox this is, and of which lesson.
    pub async fn sandbox_owner(&self, id: &str) -> Result<Option<(LearnerId, String)>, StoreError> {
        let id = id.to_owned();
        self.read(move |connection| {
            connection
                .prepare_cached("SELECT learner_id, lesson FROM sandboxes WHERE id = $1")?
                .query_row([id], |row| Ok((LearnerId(row.get(0)?), row.get(1)?)))
                .optional()
        })
        .await
    }
}
