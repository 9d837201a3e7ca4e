// A guest book whose entries everybody sees at once.
import { Database } from "bun:sqlite";

const db = new Database("guestbook.sqlite", { create: true, strict: true });
db.exec("PRAGMA foreign_keys = ON;");
db.exec(await Bun.file("schema.sql").text());

const sign = db.transaction((name, text) => {
  const guest = db
    .query(
      "INSERT INTO guests (name) VALUES ($name) ON CONFLICT (name) DO UPDATE SET visits = visits + 1 RETURNING id, visits",
    )
    .get({ name });
  db.query("INSERT INTO entries (guest, text) VALUES ($guest, $text)").run({
    guest: guest.id,
    text,
  });
  return guest.visits;
});

const entries = () =>
  db
    .query(
      "SELECT name, text FROM entries JOIN guests ON guests.id = guest ORDER BY entries.id DESC LIMIT $limit",
    )
    .all({ limit: 3 });

const server = Bun.serve({
  port: process.env.PORT || 0,
  routes: {
    "/": () =>
      new Response(
        `<ol>${entries()
          .map(
            ({ name, text }) => `<li><b>${Bun.escapeHTML(name)}</b> ${Bun.escapeHTML(text)}</li>`,
          )
          .join("")}</ol>`,
        { headers: { "content-type": "text/html" } },
      ),
    "/sign": {
      async POST(req) {
        const form = await req.formData();
        try {
          const visits = sign(form.get("name"), form.get("text"));
          server.publish("book", `${form.get("name")}: ${form.get("text")}`);
          return Response.json({ visits });
        } catch (error) {
          const { name, code, message } = error;
          return Response.json(
            { name, code, message, guests: db.query("SELECT count(*) n FROM guests").get().n },
            { status: 400 },
          );
        }
      },
    },
    "/live": (req) =>
      server.upgrade(req) ? undefined : new Response("no socket", { status: 400 }),
  },
  websocket: {
    open: (ws) => ws.subscribe("book"),
    message: (ws, text) =>
      ws.send(JSON.stringify(db.query("SELECT visits FROM guests WHERE name = ?").get(text))),
  },
});
