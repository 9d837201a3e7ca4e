// A to-do list in SQLite.
import { Database } from "bun:sqlite";
import { html } from "hono/html";

const db = new Database(":memory:");
db.run(`
  CREATE TABLE IF NOT EXISTS todos (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    title TEXT NOT NULL CHECK (length(trim(title)) > 0),
    done INTEGER NOT NULL DEFAULT 0
  )
`);
const insert = db.prepare("INSERT INTO todos (title) VALUES (?) RETURNING *");
insert.get("Learn htmx");

const item = (todo) =>
  html`<li id="todo-${todo.id}">
    <input
      type="checkbox"
      hx-patch="/todos/${todo.id}"
      ${todo.done ? "checked" : ""}
    />${todo.title}
  </li>`;
const page = (body, status = 200) =>
  new Response(String(body), { status, headers: { "Content-Type": "text/html" } });

export default {
  port: process.env.PORT || 3000,
  async fetch(req) {
    const { pathname } = new URL(req.url);
    const id = Number(pathname.split("/")[2]);
    if (pathname === "/") {
      const todos = db.query("SELECT * FROM todos ORDER BY done, id").all();
      return page(
        html`<ul>
          ${todos.map(item)}
        </ul>`,
      );
    }
    if (pathname === "/todos" && req.method === "POST") {
      const form = await req.formData();
      try {
        return page(item(insert.get(form.get("title"))), 201);
      } catch (error) {
        return page(html`<p role="alert">${error.message}</p>`, 422);
      }
    }
    if (req.method === "PATCH") {
      const todo = db.query("UPDATE todos SET done = NOT done WHERE id = ? RETURNING *").get(id);
      return todo ? page(item(todo)) : page("No such todo", 404);
    }
    if (req.method === "DELETE") {
      const { changes } = db.query("DELETE FROM todos WHERE id = $id").run({ $id: id });
      return changes ? page("") : page("No such todo", 404);
    }
    return page("Not found", 404);
  },
};
