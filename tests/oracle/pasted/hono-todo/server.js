// hono with JSX written by hand, validation and middleware.
import { Hono } from "hono";
import { HTTPException } from "hono/http-exception";
import { html, raw } from "hono/html";
import { trimTrailingSlash } from "hono/trailing-slash";
import { validator } from "hono/validator";

const app = new Hono({ strict: true });
const todos = [];

app.use("*", trimTrailingSlash());
app.use("/todos/*", async (c, next) => {
  await next();
  c.header("Request-Id", "fixed");
});

const Todo = ({ id, title }) => html`<li id="todo-${id}">${title}</li>`;
const Page = ({ children }) =>
  html`<!doctype html>
    <html>
      <body>
        ${children}
      </body>
    </html>`;

app.get("/", (c) =>
  c.html(
    Page({
      children: html`<ul>
          ${todos.map(Todo)}
        </ul>
        ${raw("<hr>")}`,
    }),
  ),
);
app.post(
  "/todos",
  validator("form", (value, c) => {
    const title = value.title?.trim();
    if (!title) return c.html(html`<p class="error">A title, please</p>`, 422);
    return { title };
  }),
  (c) => {
    const { title } = c.req.valid("form");
    const todo = { id: todos.length + 1, title };
    todos.push(todo);
    return c.html(Todo(todo), 201);
  },
);
app.delete("/todos/:id{[0-9]+}", (c) => {
  const at = todos.findIndex(({ id }) => id === Number(c.req.param("id")));
  if (at < 0) throw new HTTPException(404, { message: "no such todo" });
  todos.splice(at, 1);
  return c.body(null, 204);
});
app.notFound((c) => c.text("Nothing here", 404));
app.onError((error, c) =>
  error instanceof HTTPException ? error.getResponse() : c.text("Broken", 500),
);

export default app;
