-- Times are milliseconds since 1970. Lessons and questions are named by slug and id as the course
-- names them; the course itself is not in the database.

CREATE TABLE learners (
    id INTEGER PRIMARY KEY,
    -- SHA-256 of the token in the cookie. The token itself is kept by the browser only.
    token_hash BLOB NOT NULL UNIQUE,
    created_ms INTEGER NOT NULL
);

-- Each text once, however many versions of however many drafts hold it.
CREATE TABLE texts (
    hash BLOB PRIMARY KEY,
    body TEXT NOT NULL
);

CREATE TABLE drafts (
    id INTEGER PRIMARY KEY,
    learner_id INTEGER NOT NULL REFERENCES learners (id) ON DELETE CASCADE,
    lesson TEXT NOT NULL,
    UNIQUE (learner_id, lesson)
);

-- Every version that was saved; the newest is the draft.
CREATE TABLE draft_versions (
    draft_id INTEGER NOT NULL REFERENCES drafts (id) ON DELETE CASCADE,
    version INTEGER NOT NULL,
    saved_ms INTEGER NOT NULL,
    PRIMARY KEY (draft_id, version)
);

CREATE TABLE draft_files (
    draft_id INTEGER NOT NULL,
    version INTEGER NOT NULL,
    name TEXT NOT NULL,
    text_hash BLOB NOT NULL REFERENCES texts (hash),
    PRIMARY KEY (draft_id, version, name),
    FOREIGN KEY (draft_id, version)
        REFERENCES draft_versions (draft_id, version) ON DELETE CASCADE
);

CREATE TABLE sandboxes (
    id TEXT PRIMARY KEY,
    learner_id INTEGER NOT NULL REFERENCES learners (id) ON DELETE CASCADE,
    lesson TEXT NOT NULL,
    created_ms INTEGER NOT NULL,
    UNIQUE (learner_id, lesson)
);

CREATE TABLE attempts (
    id INTEGER PRIMARY KEY,
    learner_id INTEGER NOT NULL REFERENCES learners (id) ON DELETE CASCADE,
    lesson TEXT NOT NULL,
    question TEXT NOT NULL,
    -- JSON, as the question's kind writes it.
    answer TEXT NOT NULL,
    outcome TEXT NOT NULL,
    score REAL NOT NULL,
    -- JSON, as the verdict gave it.
    feedback TEXT NOT NULL,
    at_ms INTEGER NOT NULL
);

CREATE INDEX attempts_by_learner ON attempts (learner_id, lesson);

CREATE TABLE visits (
    learner_id INTEGER NOT NULL REFERENCES learners (id) ON DELETE CASCADE,
    lesson TEXT NOT NULL,
    visited_ms INTEGER NOT NULL,
    -- When the learner marked the lesson as read; null when not.
    read_ms INTEGER,
    PRIMARY KEY (learner_id, lesson)
);
