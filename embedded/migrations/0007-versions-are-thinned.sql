-- What a version adds to the one before it, in bytes: texts that are new in it, and its rows.
ALTER TABLE draft_versions ADD COLUMN bytes INTEGER NOT NULL DEFAULT 0;

UPDATE draft_versions SET bytes = (
    SELECT coalesce(sum(128 + CASE WHEN EXISTS (
        SELECT 1 FROM draft_files AS before
        WHERE before.draft_id = draft_files.draft_id AND before.version = draft_files.version - 1
            AND before.text_hash = draft_files.text_hash
    ) THEN 0 ELSE octet_length(body) END), 0)
    FROM draft_files JOIN texts ON hash = text_hash
    WHERE draft_files.draft_id = draft_versions.draft_id
        AND draft_files.version = draft_versions.version
);

-- Whether a text is still in use; without it each text that goes costs a look at all files.
CREATE INDEX draft_files_by_text ON draft_files (text_hash);
