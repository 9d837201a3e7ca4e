//! What a learner has done in lessons: opened them, marked them as read, answered, passed.

use rusqlite::Connection;

use super::{Writing, attempts, now_ms, ticks};
use crate::exercise::LessonSlug;
use crate::store::{LearnerId, Progress, What};

pub(super) fn progress(connection: &Connection, learner: LearnerId) -> rusqlite::Result<Progress> {
    let mut progress = Progress {
        at_ms: now_ms().unsigned_abs(),
        deeds: attempts::deeds(connection, learner)?,
        ticked: ticks::all(connection, learner)?,
        ..Progress::default()
    };
    add_visits(&mut progress, connection, learner)?;
    let mut passed = connection
        .prepare_cached("SELECT DISTINCT lesson FROM passed_challenges WHERE learner_id = $1")?;
    for lesson in passed.query_map([learner.0], |row| row.get::<_, String>(0))? {
        progress.passed.insert(lesson?.into());
    }
    Ok(progress)
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

pub(super) fn mark_visited(
    writing: &Writing<'_>,
    learner: LearnerId,
    lesson: &LessonSlug,
) -> rusqlite::Result<()> {
    let now = now_ms();
    let opened = writing
        .prepare_cached(
            "INSERT INTO visits (learner_id, lesson, visited_ms) VALUES ($1, $2, $3)
             ON CONFLICT (learner_id, lesson) DO NOTHING",
        )?
        .execute((learner.0, &**lesson, now))?;
    if opened > 0 {
        writing.deed(learner, lesson, What::Opened, now)?;
    }
    Ok(())
}

pub(super) fn mark_read(
    writing: &Writing<'_>,
    learner: LearnerId,
    lesson: &LessonSlug,
    read: bool,
) -> rusqlite::Result<()> {
    let now = now_ms();
    writing
        .prepare_cached(
            "INSERT INTO visits (learner_id, lesson, visited_ms, read_ms)
             VALUES ($1, $2, $3, $4)
             ON CONFLICT (learner_id, lesson) DO UPDATE SET read_ms = excluded.read_ms",
        )?
        .execute((learner.0, &**lesson, now, read.then_some(now)))?;
    writing.deed(learner, lesson, What::Read { read }, now)?;
    Ok(())
}
