-- A learner's own projects, outside any lesson. The drafts and the sandbox of one are kept as those of an exercise
-- are, under the lesson's name `play/ID`: no lesson's name has a slash.
CREATE TABLE own_projects (
    -- 128 random bits.
    id TEXT PRIMARY KEY,
    learner_id INTEGER NOT NULL REFERENCES learners (id) ON DELETE CASCADE,
    name TEXT NOT NULL,
    -- The major version of htmx that its pages use.
    htmx INTEGER NOT NULL,
    created_ms INTEGER NOT NULL,
    -- When its learner deleted it, who can undo that for a while; null when not.
    deleted_ms INTEGER
);

CREATE INDEX own_projects_by_learner ON own_projects (learner_id);

-- What of a project was shared: its files at one moment. Whoever has the id sees it.
CREATE TABLE snapshots (
    -- 128 random bits.
    id TEXT PRIMARY KEY,
    learner_id INTEGER NOT NULL REFERENCES learners (id) ON DELETE CASCADE,
    project_id TEXT NOT NULL REFERENCES own_projects (id) ON DELETE CASCADE,
    -- SHA-256 of the files' names and hashes: the same files again are the same snapshot.
    hash BLOB NOT NULL,
    -- The project's at that moment.
    name TEXT NOT NULL,
    htmx INTEGER NOT NULL,
    shared_ms INTEGER NOT NULL,
    UNIQUE (project_id, hash)
);

CREATE INDEX snapshots_by_learner ON snapshots (learner_id);

CREATE TABLE snapshot_files (
    snapshot_id TEXT NOT NULL REFERENCES snapshots (id) ON DELETE CASCADE,
    name TEXT NOT NULL,
    text_hash BLOB NOT NULL REFERENCES texts (hash),
    PRIMARY KEY (snapshot_id, name)
);

-- Whether a text is still in use.
CREATE INDEX snapshot_files_by_text ON snapshot_files (text_hash);
