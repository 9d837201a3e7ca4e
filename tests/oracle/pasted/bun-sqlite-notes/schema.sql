CREATE TABLE notes (
  id INTEGER PRIMARY KEY,
  title TEXT NOT NULL,
  body TEXT NOT NULL DEFAULT ''
);
CREATE VIRTUAL TABLE search USING fts5(title, body, content=notes, content_rowid=id);
CREATE TRIGGER notes_added AFTER INSERT ON notes BEGIN
  INSERT INTO search (rowid, title, body) VALUES (new.id, new.title, new.body);
END;
INSERT INTO notes (title, body) VALUES
  ('Hypermedia', 'The server answers with hypermedia, and the client shows it.'),
  ('Shopping; "quoted"', 'milk, it''s cheap');
