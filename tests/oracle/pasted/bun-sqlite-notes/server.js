// Notes with search, by FTS5.
import { Database } from "bun:sqlite";
import schema from "./schema.sql" with { type: "text" };

const db = new Database();
db.exec(schema);

const statements = {
  all: db.prepare("SELECT id, title FROM notes ORDER BY id DESC"),
  one: db.prepare("SELECT * FROM notes WHERE id = $id"),
  add: db.prepare("INSERT INTO notes (title, body) VALUES ($title, $body)"),
  search: db.prepare(
    `SELECT notes.id, snippet(search, 1, '<mark>', '</mark>', '…', 6) AS found
     FROM search JOIN notes ON notes.id = search.rowid WHERE search MATCH ? ORDER BY rank`,
  ),
};

Bun.serve({
  port: process.env.PORT ?? 3000,
  routes: {
    "/notes": {
      GET: (req) => {
        const q = new URL(req.url).searchParams.get("q");
        if (!q) return Response.json(statements.all.all());
        try {
          return Response.json(statements.search.all(q));
        } catch (error) {
          return Response.json({ error: error.message, code: error.code }, { status: 400 });
        }
      },
      POST: async (req) => {
        const { title, body } = await req.json();
        const { lastInsertRowid } = statements.add.run({ $title: title, $body: body });
        return Response.json(statements.one.get({ $id: lastInsertRowid }), { status: 201 });
      },
    },
    "/notes/:id": (req) => {
      const note = statements.one.get({ $id: req.params.id });
      return note ? Response.json(note) : Response.json({ error: "not found" }, { status: 404 });
    },
  },
  fetch: () => new Response("Not found", { status: 404 }),
});
