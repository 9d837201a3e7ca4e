//! Progress: which lessons a learner has opened and marked as read, what they did at questions, and
//! which challenges they have passed.

use std::collections::HashSet;

use rusqlite::Connection;

use super::deeds::{self, Deeds};
use super::{LearnerId, Store, StoreError, now_ms};
use crate::exercise::LessonSlug;
use crate::questions::Question;
use crate::questions::rounds::Round;

/// What a learner has done, by the lessons' slugs.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Progress {
    /// When this was read, in milliseconds since 1970.
    pub at_ms: u64,
    /// What they did at questions.
    pub deeds: Deeds,
    /// The lessons that were opened.
    pub visited: HashSet<LessonSlug>,
    /// The lessons that are marked as read.
    pub read: HashSet<LessonSlug>,
    /// The lessons whose challenges are passed.
    pub passed: HashSet<LessonSlug>,
}

impl Progress {
    /// The round that the learner is in at a question.
    #[must_use]
    pub fn round(&self, question: &Question) -> Round {
        let deeds = self.deeds.get(&question.id).map(Vec::as_slice);
        Round::of(deeds.unwrap_or_default(), question.settings, self.at_ms)
    }
}

impl Store {
    /// What a learner has done.
    pub async fn progress(&self, learner: LearnerId) -> Result<Progress, StoreError> {
        self.read(move |connection| {
            let mut progress = Progress {
                at_ms: now_ms().unsigned_abs(),
                deeds: deeds::all(connection, learner)?,
                ..Progress::default()
            };
            add_visits(&mut progress, connection, learner)?;
            add_passed(&mut progress, connection, learner)?;
            Ok(progress)
        })
        .await
    }

    /// Keeps that a learner has opened a lesson; only the first time is a write.
    pub async fn mark_visited(&self, learner: LearnerId, lesson: &str) -> Result<(), StoreError> {
        let asked = lesson.to_owned();
        let known = self.read(move |connection| {
            connection
                .prepare_cached("SELECT 1 FROM visits WHERE learner_id = $1 AND lesson = $2")?
                .exists((learner.0, asked))
        });
        if known.await? {
            return Ok(());
        }
        let lesson = lesson.to_owned();
        self.write(move |connection| {
            connection
                .prepare_cached(
                    "INSERT INTO visits (learner_id, lesson, visited_ms) VALUES ($1, $2, $3)
                     ON CONFLICT (learner_id, lesson) DO NOTHING",
                )?
                .execute((learner.0, lesson, now_ms()))
                .map(drop)
        })
        .await
    }

    /// Marks a lesson as read, or takes the mark away.
    pub async fn mark_read(
        &self,
        learner: LearnerId,
        lesson: &str,
        read: bool,
    ) -> Result<(), StoreError> {
        let lesson = lesson.to_owned();
        self.write(move |connection| {
            let now = now_ms();
            connection
                .prepare_cached(
                    "INSERT INTO visits (learner_id, lesson, visited_ms, read_ms)
                     VALUES ($1, $2, $3, $4)
                     ON CONFLICT (learner_id, lesson) DO UPDATE SET read_ms = excluded.read_ms",
                )?
                .execute((learner.0, lesson, now, read.then_some(now)))
                .map(drop)
        })
        .await
    }
}

fn add_visits(
    progress: &mut Progress,
    connection: &Connection,
    learner: LearnerId,
) -> rusqlite::Result<()> {
    let mut visits = connection
        .prepare_cached("SELECT lesson, read_ms IS NOT NULL FROM visits WHERE learner_id = $1")?;
    let visits = visits.query_map([learner.0], |row| Ok((row.get(0)?, row.get(1)?)))?;
    for visit in visits {
        let (lesson, read): (String, bool) = visit?;
        let lesson = LessonSlug::from(lesson);
        if read {
            progress.read.insert(lesson.clone());
        }
        progress.visited.insert(lesson);
    }
    Ok(())
}

fn add_passed(
    progress: &mut Progress,
    connection: &Connection,
    learner: LearnerId,
) -> rusqlite::Result<()> {
    let mut passed =
        connection.prepare_cached("SELECT lesson FROM passed_challenges WHERE learner_id = $1")?;
    for lesson in passed.query_map([learner.0], |row| row.get::<_, String>(0))? {
        progress.passed.insert(lesson?.into());
    }
    Ok(())
}
