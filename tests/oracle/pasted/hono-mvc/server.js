// Routers in files of their own, mounted under paths, with typed variables passed on.
import { Hono } from "hono";
import { createMiddleware } from "hono/factory";
import { books } from "./books.js";

const user = createMiddleware(async (c, next) => {
  c.set("user", c.req.header("X-User") ?? "guest");
  await next();
});

const app = new Hono();
app.use(user);
app.route("/books", books);
app.mount("/plain", (req) => new Response(`plain ${new URL(req.url).pathname}`));
app.all("/any", (c) => c.text(`${c.req.method} by ${c.get("user")}`));
app.on(["PUT", "PATCH"], "/some", (c) => c.text(c.req.method));
app.get("/optional/:name?", (c) => c.text(c.req.param("name") ?? "none"));
app.showRoutes?.();

export default { port: 3000, fetch: app.fetch };
