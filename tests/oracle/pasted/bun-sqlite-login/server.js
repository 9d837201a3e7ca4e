// Accounts and sessions in SQLite.
import { Database, SQLiteError } from "bun:sqlite";

const db = new Database("mydb.sqlite");
db.exec(`
  PRAGMA journal_mode = WAL;
  CREATE TABLE IF NOT EXISTS users (name TEXT PRIMARY KEY COLLATE NOCASE, hash BLOB NOT NULL);
  CREATE TABLE IF NOT EXISTS sessions (id TEXT PRIMARY KEY, user TEXT NOT NULL, seen INTEGER NOT NULL DEFAULT 0);
`);

const hash = async (password) =>
  new Uint8Array(
    await crypto.subtle.digest("SHA-256", new TextEncoder().encode(`salt ${password}`)),
  );
const userOf = (req) =>
  db
    .query("UPDATE sessions SET seen = seen + 1 WHERE id = ? RETURNING user, seen")
    .get(req.cookies.get("sid") ?? null);

Bun.serve({
  routes: {
    "/register": {
      POST: async (req) => {
        const form = await req.formData();
        try {
          db.query("INSERT INTO users VALUES (?1, ?2)").run(
            form.get("user"),
            await hash(form.get("password")),
          );
          return new Response("welcome", { status: 201 });
        } catch (error) {
          if (!(error instanceof SQLiteError)) throw error;
          return new Response(`${error.code} (${error.errno}): ${error.message}`, { status: 409 });
        }
      },
    },
    "/login": {
      POST: async (req) => {
        const form = await req.formData();
        const user = db
          .query("SELECT name FROM users WHERE name = ? AND hash = ?")
          .get(form.get("user"), await hash(form.get("password")));
        if (!user) return new Response("Wrong name or password", { status: 401 });
        const { n } = db.query("SELECT count(*) + 1 AS n FROM sessions").get();
        db.query("INSERT INTO sessions (id, user) VALUES (?, ?)").run(`session-${n}`, user.name);
        req.cookies.set("sid", `session-${n}`, { httpOnly: true });
        return new Response(null, { status: 303, headers: { Location: "/" } });
      },
    },
    "/logout": {
      POST: (req) => {
        const { changes } = db.run("DELETE FROM sessions WHERE id = ?", [req.cookies.get("sid")]);
        req.cookies.delete("sid");
        return Response.json({ changes });
      },
    },
    "/": (req) => {
      const session = userOf(req);
      return session ? Response.json(session) : new Response("Who are you?", { status: 401 });
    },
  },
});
