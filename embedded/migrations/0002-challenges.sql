-- Each check that was run to its end, with what was found.
CREATE TABLE check_results (
    id INTEGER PRIMARY KEY,
    learner_id INTEGER NOT NULL REFERENCES learners (id) ON DELETE CASCADE,
    lesson TEXT NOT NULL,
    check_id TEXT NOT NULL,
    passed INTEGER NOT NULL,
    -- JSON: what was expected and what was found.
    evidence TEXT NOT NULL,
    -- The version of the draft that was tried.
    version INTEGER NOT NULL,
    at_ms INTEGER NOT NULL
);

CREATE INDEX check_results_by_learner ON check_results (learner_id, lesson);

-- A challenge that was passed once stays passed.
CREATE TABLE passed_challenges (
    learner_id INTEGER NOT NULL REFERENCES learners (id) ON DELETE CASCADE,
    lesson TEXT NOT NULL,
    -- The version of the draft that passed first; drafts keep every version.
    version INTEGER NOT NULL,
    at_ms INTEGER NOT NULL,
    PRIMARY KEY (learner_id, lesson)
);
