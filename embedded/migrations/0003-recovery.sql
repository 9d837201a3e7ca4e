-- Other browsers of a learner: the first one's token is in `learners`.
CREATE TABLE sessions (
    -- SHA-256 of the token in the cookie.
    token_hash BLOB PRIMARY KEY,
    learner_id INTEGER NOT NULL REFERENCES learners (id) ON DELETE CASCADE,
    created_ms INTEGER NOT NULL
);

CREATE INDEX sessions_by_learner ON sessions (learner_id);

-- One code for each learner, by which another browser becomes theirs as well.
CREATE TABLE recovery_codes (
    learner_id INTEGER PRIMARY KEY REFERENCES learners (id) ON DELETE CASCADE,
    -- SHA-256 of the code. The code itself is shown once and kept by the learner only.
    code_hash BLOB NOT NULL UNIQUE,
    created_ms INTEGER NOT NULL
);
