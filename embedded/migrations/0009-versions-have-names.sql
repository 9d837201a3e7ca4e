-- When a Run of this version started last; null where none did.
ALTER TABLE draft_versions ADD COLUMN ran_ms INTEGER;
-- What its learner calls it; null where it has no name.
ALTER TABLE draft_versions ADD COLUMN version_name TEXT;
