// hono's router, html, forms, validator and cookies.
import { Hono } from "hono";
import { deleteCookie, getCookie, getSignedCookie, setCookie, setSignedCookie } from "hono/cookie";
import { html, raw } from "hono/html";
import { HTTPException } from "hono/http-exception";
import { accepts } from "hono/accepts";
import { validator } from "hono/validator";

const app = new Hono();
const admin = new Hono()
  .get("/", (c) => c.text("admin"))
  .get("/:id{[0-9]+}", (c) => c.text(c.req.param("id")));

const page = ({ title, body }) => html`<!doctype html><title>${title}</title>${body}`;

app.use("*", async (c, next) => {
  await next();
  c.header("X-Passed", c.req.method);
});
app.get("/", (c) => c.html(page({ title: "A & B", body: html`<p>${"<i>"}${raw("<b>")}</p>` })));
app.get("/late", (c) => c.html(html`<p>${Promise.resolve("<late>")}</p>`));
app.get("/page/:n", (c) => c.text(`page ${c.req.param("n")} ${c.req.query("q") ?? ""}`));
app.get("/optional/:x?", (c) => c.text(c.req.param("x") ?? "none"));
app.get("/files/*", (c) => c.text(c.req.path));
app.route("/admin", admin);
app.get("/json", (c) => c.json({ a: [1, { b: "ü" }] }, 201, { "X-A": "b" }));
app.get("/body", (c) => c.body("body", 200, { "Content-Type": "text/x-own" }));
app.get("/redirect", (c) => c.redirect("/page/1", 303));
app.get("/nothing", (c) => c.body(null, 204));
app.get("/status", (c) => {
  c.status(202);
  return c.text("accepted");
});
app.get("/queries", (c) => c.json([c.req.queries("a") ?? null, c.req.query()]));
app.get("/language", (c) =>
  c.text(accepts(c, { header: "Accept-Language", supports: ["en", "de"], default: "en" })),
);
app.get("/teapot", () => {
  throw new HTTPException(418, { message: "teapot" });
});
app.get("/broken", () => {
  throw new Error("oops");
});
app.post("/form", async (c) => c.json(await c.req.parseBody({ all: true })));
app.post("/json", async (c) => c.json(await c.req.json()));
app.post(
  "/valid",
  validator("form", (value, c) =>
    value.name ? { name: value.name } : c.html(html`<p role="alert">A name, please</p>`, 422),
  ),
  (c) => c.text(`hello ${c.req.valid("form").name}`),
);
app.get(
  "/valid",
  validator("query", (value, c) => (value.n > 0 ? { n: Number(value.n) } : c.text("no", 400))),
  (c) => c.json(c.req.valid("query")),
);
app.on(["PUT", "DELETE"], "/either", (c) => c.text(c.req.method));
app.get("/cookies", async (c) => {
  setCookie(c, "seen", String(Number(getCookie(c, "seen") ?? 0) + 1), {
    httpOnly: true,
    maxAge: 60,
  });
  deleteCookie(c, "old");
  await setSignedCookie(c, "signed", "value", "a secret", { sameSite: "Lax" });
  return c.json([getCookie(c), (await getSignedCookie(c, "a secret", "signed")) ?? null]);
});
app.notFound((c) => c.text("nothing here", 404));
app.onError((error, c) =>
  error instanceof HTTPException ? error.getResponse() : c.text(`error: ${error.message}`, 500),
);

export default app;
