// A list that htmx 4 fills: one address for the page's part, one for each change.
import { html } from "hono/html";

const tasks = new Map([[1, "Try htmx 4"]]);
let last = 1;

export default {
  routes: {
    "/tasks": { GET: () => page(list()), POST: add },
    "/tasks/:id": { DELETE: remove },
  },
  fetch() {
    return new Response("There is no page at this address.", { status: 404 });
  },
};

async function add(req) {
  const text = (await req.formData()).get("text")?.toString().trim().slice(0, 200) ?? "";
  if (text) tasks.set(++last, text);
  return page(list());
}

function remove(req) {
  tasks.delete(Number(req.params.id));
  return page(list());
}

function list() {
  const row = ([id, text]) => html`
    <li>
      ${text}
      <button hx-delete="/tasks/${id}" hx-target="#tasks" aria-label="Done: ${text}">Done</button>
    </li>
  `;
  return html`${[...tasks].map(row)}`;
}

function page(markup) {
  return new Response(markup.toString(), {
    headers: { "Content-Type": "text/html; charset=utf-8" },
  });
}
