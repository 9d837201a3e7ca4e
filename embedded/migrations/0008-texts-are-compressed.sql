-- Whether the body of a text is compressed: a BLOB, as zlib makes it of the text. Without it an earlier program, which the
-- number tells that it cannot read this, would take it for bytes.
ALTER TABLE texts ADD COLUMN packed INTEGER NOT NULL DEFAULT 0;
