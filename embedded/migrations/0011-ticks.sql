-- The steps of lessons that a learner has done, each once and for good. Where a lesson has no such step any more, its
-- tick counts for nothing.
CREATE TABLE ticks (
    learner_id INTEGER NOT NULL REFERENCES learners (id) ON DELETE CASCADE,
    lesson TEXT NOT NULL,
    variant TEXT NOT NULL,
    step_id TEXT NOT NULL,
    at_ms INTEGER NOT NULL,
    PRIMARY KEY (learner_id, lesson, variant, step_id)
);
