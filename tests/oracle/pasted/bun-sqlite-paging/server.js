// A long table, a page at a time.
import { Database } from "bun:sqlite";

const db = new Database();
db.run("CREATE TABLE contacts (id INTEGER PRIMARY KEY, name TEXT, email TEXT)");
db.run("CREATE INDEX by_name ON contacts (name)");
const insert = db.prepare("INSERT INTO contacts (name, email) VALUES ($name, $email)");
const insertAll = db.transaction((contacts) => {
  for (const contact of contacts) insert.run(contact);
  return contacts.length;
});
const made = insertAll(
  Array.from({ length: 250 }, (_, n) => ({
    $name: `Contact ${String(n).padStart(3, "0")}`,
    $email: `c${n}@example.org`,
  })),
);
const page = db.query(
  "SELECT * FROM contacts WHERE name LIKE $like ORDER BY name LIMIT $limit OFFSET $offset",
);
const SIZE = 10;

export default {
  fetch(req) {
    const { pathname, searchParams } = new URL(req.url);
    if (pathname === "/made") return Response.json({ made });
    if (pathname === "/names") {
      const names = [];
      for (const { name } of db.query("SELECT name FROM contacts WHERE id % 50 = 0").iterate())
        names.push(name);
      return Response.json(names);
    }
    const number = Number(searchParams.get("page") ?? 1);
    const rows = page.all({
      $like: `%${searchParams.get("q") ?? ""}%`,
      $limit: SIZE,
      $offset: (number - 1) * SIZE,
    });
    const more =
      rows.length === SIZE
        ? `<tr hx-get="/?page=${number + 1}" hx-trigger="revealed" hx-swap="outerHTML"><td>…</td></tr>`
        : "";
    return new Response(
      rows
        .map(({ id, name, email }) => `<tr><td>${id}</td><td>${name}</td><td>${email}</td></tr>`)
        .join("\n") + more,
      {
        headers: { "Content-Type": "text/html; charset=utf-8" },
      },
    );
  },
};
