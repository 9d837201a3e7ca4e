// A todo list of fragments.
const todos = new Map([[1, { id: 1, title: "Buy milk", done: false }]]);
let nextId = 2;

const escape = (text) => Bun.escapeHTML(text);
const item = ({ id, title, done }) => `<li id="todo-${id}" class="${done ? "done" : ""}">
  <input type="checkbox" ${done ? "checked" : ""} hx-patch="/todos/${id}" hx-target="#todo-${id}" hx-swap="outerHTML">
  ${escape(title)}
  <button hx-delete="/todos/${id}" hx-target="#todo-${id}" hx-swap="delete">x</button>
</li>`;
const html = (body, init = {}) =>
  new Response(body, { ...init, headers: { "Content-Type": "text/html", ...init.headers } });

Bun.serve({
  routes: {
    "/": () => html(`<ul id="list">${[...todos.values()].map(item).join("")}</ul>`),
    "/todos": {
      GET: () => Response.json([...todos.values()]),
      POST: async (req) => {
        const form = await req.formData();
        const title = String(form.get("title") ?? "").trim();
        if (!title) return html("<p>A title is needed</p>", { status: 422 });
        const todo = { id: nextId++, title, done: false };
        todos.set(todo.id, todo);
        return html(item(todo), { status: 201, headers: { "HX-Trigger": "todo-added" } });
      },
    },
    "/todos/:id": {
      PATCH: (req) => {
        const todo = todos.get(Number(req.params.id));
        if (!todo) return new Response("Not found", { status: 404 });
        todo.done = !todo.done;
        return html(item(todo));
      },
      DELETE: (req) => {
        todos.delete(Number(req.params.id));
        return new Response(null, { status: 200 });
      },
    },
    "/api/*": Response.json({ message: "Not found" }, { status: 404 }),
  },
  error(error) {
    console.error(error);
    return new Response("Internal Server Error", { status: 500 });
  },
});
