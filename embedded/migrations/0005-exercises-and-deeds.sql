-- What a learner's work belongs to is an exercise: a lesson in a variant. All lessons so far had one
-- variant, for htmx 2. SQLite changes no constraint of a table, so these four are made anew.

CREATE TABLE new_drafts (
    id INTEGER PRIMARY KEY,
    learner_id INTEGER NOT NULL REFERENCES learners (id) ON DELETE CASCADE,
    lesson TEXT NOT NULL,
    variant TEXT NOT NULL,
    UNIQUE (learner_id, lesson, variant)
);
INSERT INTO new_drafts (id, learner_id, lesson, variant)
SELECT id, learner_id, lesson, 'htmx-2' FROM drafts;
DROP TABLE drafts;
ALTER TABLE new_drafts RENAME TO drafts;

CREATE TABLE new_sandboxes (
    id TEXT PRIMARY KEY,
    learner_id INTEGER NOT NULL REFERENCES learners (id) ON DELETE CASCADE,
    lesson TEXT NOT NULL,
    variant TEXT NOT NULL,
    created_ms INTEGER NOT NULL,
    UNIQUE (learner_id, lesson, variant)
);
INSERT INTO new_sandboxes (id, learner_id, lesson, variant, created_ms)
SELECT id, learner_id, lesson, 'htmx-2', created_ms FROM sandboxes;
DROP TABLE sandboxes;
ALTER TABLE new_sandboxes RENAME TO sandboxes;

CREATE TABLE new_passed_challenges (
    learner_id INTEGER NOT NULL REFERENCES learners (id) ON DELETE CASCADE,
    lesson TEXT NOT NULL,
    variant TEXT NOT NULL,
    -- The version of the draft that passed first; drafts keep every version.
    version INTEGER NOT NULL,
    at_ms INTEGER NOT NULL,
    PRIMARY KEY (learner_id, lesson, variant)
);
INSERT INTO new_passed_challenges (learner_id, lesson, variant, version, at_ms)
SELECT learner_id, lesson, 'htmx-2', version, at_ms FROM passed_challenges;
DROP TABLE passed_challenges;
ALTER TABLE new_passed_challenges RENAME TO passed_challenges;

CREATE TABLE new_check_results (
    id INTEGER PRIMARY KEY,
    learner_id INTEGER NOT NULL REFERENCES learners (id) ON DELETE CASCADE,
    lesson TEXT NOT NULL,
    variant TEXT NOT NULL,
    check_id TEXT NOT NULL,
    passed INTEGER NOT NULL,
    -- JSON: what was expected and what was found.
    evidence TEXT NOT NULL,
    -- The version of the draft that was tried.
    version INTEGER NOT NULL,
    at_ms INTEGER NOT NULL
);
INSERT INTO new_check_results
    (id, learner_id, lesson, variant, check_id, passed, evidence, version, at_ms)
SELECT id, learner_id, lesson, 'htmx-2', check_id, passed, evidence, version, at_ms
FROM check_results;
DROP TABLE check_results;
ALTER TABLE new_check_results RENAME TO check_results;
CREATE INDEX check_results_by_learner ON check_results (learner_id, lesson, variant);

-- What was judged stays judged so. A question is told from what it was by a hash of what is asked and how
-- it is judged; null where that was not kept yet.
ALTER TABLE attempts ADD COLUMN question_version TEXT;
ALTER TABLE reveals ADD COLUMN question_version TEXT;
-- JSON: whether what stood at each place was right; null where that was not kept yet.
ALTER TABLE attempts ADD COLUMN places TEXT;
-- The number of the deed: the order in which a learner did what they did, whatever the clock said.
ALTER TABLE attempts ADD COLUMN deed INTEGER NOT NULL DEFAULT 0;
ALTER TABLE reveals ADD COLUMN deed INTEGER NOT NULL DEFAULT 0;

-- How somebody judged an attempt; what they say counts instead of the judge's outcome.
CREATE TABLE marks (
    attempt_id INTEGER NOT NULL REFERENCES attempts (id) ON DELETE CASCADE,
    -- Whose attempt it is.
    learner_id INTEGER NOT NULL REFERENCES learners (id) ON DELETE CASCADE,
    -- `learner`: they judged it themselves.
    marked_by TEXT NOT NULL,
    -- `correct`, `partial` or `incorrect`.
    outcome TEXT NOT NULL,
    at_ms INTEGER NOT NULL,
    PRIMARY KEY (attempt_id, marked_by)
);
CREATE INDEX marks_by_learner ON marks (learner_id);
INSERT INTO marks (attempt_id, learner_id, marked_by, outcome, at_ms)
SELECT attempt_id, learner_id, 'learner', outcome, at_ms FROM self_verdicts;
DROP TABLE self_verdicts;

-- What anybody did, in one list. A number is never used again.
CREATE TABLE deeds (
    number INTEGER PRIMARY KEY AUTOINCREMENT,
    -- Whose work it is about.
    learner_id INTEGER NOT NULL REFERENCES learners (id) ON DELETE CASCADE,
    lesson TEXT NOT NULL,
    -- JSON with a `kind`.
    what TEXT NOT NULL,
    at_ms INTEGER NOT NULL
);
CREATE INDEX deeds_by_learner ON deeds (learner_id);

-- What was done before the list was kept. The last two columns order what was done in one millisecond, and
-- lead back to the row. An answer is looked at after it was given, and marked after that.
CREATE TEMP TABLE done (
    learner_id INTEGER, lesson TEXT, what TEXT, at_ms INTEGER, rank INTEGER, id INTEGER
);
INSERT INTO done
SELECT learner_id, lesson, json_object('kind', 'opened'), visited_ms, 0, NULL FROM visits;
INSERT INTO done
SELECT learner_id, lesson, json_object('kind', 'read', 'read', json('true')), read_ms, 1, NULL
FROM visits WHERE read_ms IS NOT NULL;
INSERT INTO done
SELECT learner_id, lesson, json_object('kind', 'saved', 'variant', variant, 'version', version),
    saved_ms, 2, version
FROM drafts JOIN draft_versions ON draft_id = drafts.id;
INSERT INTO done
SELECT learner_id, lesson, json_object('kind', 'answered', 'question', question, 'attempt', number,
    'outcome', outcome), at_ms, 3, id
FROM attempts;
-- A look at an answer names no lesson: it is that of the attempts at the question, since only who has
-- missed it, or may look at once, looks.
INSERT INTO done
SELECT learner_id, coalesce((SELECT lesson FROM attempts WHERE attempts.question = reveals.question
    ORDER BY attempts.learner_id = reveals.learner_id DESC, attempts.id DESC LIMIT 1), ''),
    json_object('kind', 'revealed', 'question', question), at_ms, 4, id
FROM reveals;
INSERT INTO done
SELECT attempts.learner_id, lesson, json_object('kind', 'marked', 'question', question,
    'attempt', number, 'by', 'learner', 'outcome', marks.outcome), marks.at_ms, 5, attempt_id
FROM marks JOIN attempts ON attempts.id = attempt_id;
INSERT INTO done
SELECT learner_id, lesson, json_object('kind', 'checked', 'variant', variant, 'check', check_id,
    'passed', json(CASE WHEN passed THEN 'true' ELSE 'false' END)), at_ms, 6, id
FROM check_results;
INSERT INTO done
SELECT learner_id, lesson, json_object('kind', 'passed', 'variant', variant, 'version', version),
    at_ms, 7, NULL
FROM passed_challenges;

INSERT INTO deeds (number, learner_id, lesson, what, at_ms)
SELECT row_number() OVER (ORDER BY at_ms, rank, id), learner_id, lesson, what, at_ms FROM done
ORDER BY at_ms, rank, id;
CREATE TEMP TABLE numbered AS
SELECT row_number() OVER (ORDER BY at_ms, rank, id) AS number, rank, id FROM done;
CREATE INDEX temp.numbered_by_row ON numbered (rank, id);
UPDATE attempts SET deed = (SELECT number FROM numbered WHERE rank = 3 AND numbered.id = attempts.id);
UPDATE reveals SET deed = (SELECT number FROM numbered WHERE rank = 4 AND numbered.id = reveals.id);
DROP TABLE numbered;
DROP TABLE done;
