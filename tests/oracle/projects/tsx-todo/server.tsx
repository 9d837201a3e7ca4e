// A list of things to do: hono, JSX, and fragments for htmx.
import { Hono, type Context } from "hono";
import { html } from "hono/html";
import type { FC, PropsWithChildren } from "hono/jsx";
import { validator } from "hono/validator";

interface Todo {
  id: number;
  text: string;
  done: boolean;
}
type Variables = { visits: number };

const todos = new Map<number, Todo>([[1, { id: 1, text: "Learn <htmx> & more", done: false }]]);
let next = 2;
let visits = 0;

const Layout: FC<PropsWithChildren<{ title: string }>> = ({ title, children }) =>
  html`<!doctype html>
    <html lang="en">
      <head>
        <title>${title}</title>
        <script src="/lib/htmx-2.js"></script>
      </head>
      <body>
        ${children}
      </body>
    </html>`;

const Item: FC<{ todo: Todo; swapped?: boolean }> = ({ todo, swapped = false }) => (
  <li id={`todo-${todo.id}`} class={todo.done ? "done" : undefined} hx-swap-oob={swapped}>
    <input
      type="checkbox"
      checked={todo.done}
      hx-post={`/todos/${todo.id}/toggle`}
      hx-target="closest li"
      hx-swap="outerHTML"
    />
    {todo.text}
    <button hx-delete={`/todos/${todo.id}`} hx-confirm="Sure?" hx-on:click="console.log('gone')">
      Delete
    </button>
  </li>
);
const Count = () => (
  <output id="count">{[...todos.values()].filter((it) => !it.done).length} left</output>
);
const List = () => (
  <ul id="todos">
    {[...todos.values()].map((todo) => (
      <Item key={todo.id} todo={todo} />
    ))}
    {todos.size === 0 && <li>Nothing to do</li>}
  </ul>
);

const app = new Hono<{ Variables: Variables }>();
app.use(async (c, next) => {
  c.set("visits", ++visits);
  await next();
  c.header("X-Visits", String(c.get("visits")));
});
const byId = (c: Context): Todo | undefined => todos.get(Number(c.req.param("id")));

app.get("/", (c) =>
  c.html(
    <Layout title="To do">
      <h1>To do</h1>
      <form hx-post="/todos" hx-target="#todos" hx-swap="beforeend">
        <input name="text" required maxlength={80} autofocus />
      </form>
      <List />
      <Count />
    </Layout>,
  ),
);
app.post(
  "/todos",
  validator("form", (value, c) => {
    const text = (value["text"] as string | undefined)?.trim();
    return text ? { text } : c.html(<p role="alert">Write something</p>, 422);
  }),
  (c) => {
    const todo: Todo = { id: next++, text: c.req.valid("form").text, done: false };
    todos.set(todo.id, todo);
    return c.html(
      <>
        <Item todo={todo} />
        <Count />
      </>,
      201,
    );
  },
);
app.post("/todos/:id/toggle", (c) => {
  const todo = byId(c);
  if (!todo) return c.notFound();
  todo.done = !todo.done;
  return c.html(<Item todo={todo} swapped />);
});
app.delete("/todos/:id", (c) => (todos.delete(byId(c)?.id ?? -1) ? c.body(null) : c.notFound()));
app.notFound((c) => c.html(<p>No such thing</p>, 404));

export default app;
