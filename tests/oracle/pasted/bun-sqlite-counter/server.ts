// A counter that outlives a reload of the page, in TypeScript.
import { Database } from "bun:sqlite";

interface Counter {
  name: string;
  value: number;
}

class CounterRow {
  declare name: string;
  declare value: number;
  get label(): string {
    return `${this.name}: ${this.value}`;
  }
}

const db = new Database(":memory:", { strict: true });
db.query(
  "CREATE TABLE counters (name TEXT PRIMARY KEY, value INTEGER NOT NULL DEFAULT 0) STRICT",
).run();

const count = db.query<Counter, { name: string; by: number }>(
  `INSERT INTO counters (name, value) VALUES ($name, $by)
   ON CONFLICT (name) DO UPDATE SET value = value + $by RETURNING *`,
);

Bun.serve({
  routes: {
    "/count/:name": {
      POST: (req) => {
        const by = Number(new URL(req.url).searchParams.get("by") ?? 1);
        return Response.json(count.get({ name: req.params.name, by }));
      },
      GET: (req) => {
        const row = db
          .query("SELECT * FROM counters WHERE name = ?")
          .as(CounterRow)
          .get(req.params.name);
        return new Response(row?.label ?? "never counted", { status: row ? 200 : 404 });
      },
    },
    "/all": () =>
      Response.json(db.query("SELECT name, value FROM counters ORDER BY value DESC").values()),
    "/total": () =>
      Response.json(db.query("SELECT total(value) total, avg(value) mean FROM counters").get()),
  },
});
