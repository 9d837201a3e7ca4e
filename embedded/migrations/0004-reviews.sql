-- Which attempt of a learner at a question it is, from 1: two that are sent at once get two numbers.
ALTER TABLE attempts ADD COLUMN number INTEGER NOT NULL DEFAULT 0;
-- How sure the learner said they were: `guess`, `rather` or `sure`; null when they said nothing.
ALTER TABLE attempts ADD COLUMN sure TEXT;

UPDATE attempts SET number = (
    SELECT count(*) FROM attempts AS earlier
    WHERE earlier.learner_id = attempts.learner_id AND earlier.question = attempts.question
        AND earlier.id <= attempts.id
);

CREATE UNIQUE INDEX attempts_by_number ON attempts (learner_id, question, number);

-- Each time that a learner looked at a question's answer before they had found it.
CREATE TABLE reveals (
    id INTEGER PRIMARY KEY,
    learner_id INTEGER NOT NULL REFERENCES learners (id) ON DELETE CASCADE,
    question TEXT NOT NULL,
    at_ms INTEGER NOT NULL
);

CREATE INDEX reveals_by_learner ON reveals (learner_id, question);

-- How a learner judged an answer of theirs that the program could not.
CREATE TABLE self_verdicts (
    attempt_id INTEGER PRIMARY KEY REFERENCES attempts (id) ON DELETE CASCADE,
    learner_id INTEGER NOT NULL REFERENCES learners (id) ON DELETE CASCADE,
    -- `correct`, `partial` or `incorrect`.
    outcome TEXT NOT NULL,
    at_ms INTEGER NOT NULL
);

CREATE INDEX self_verdicts_by_learner ON self_verdicts (learner_id);
