// A learner's application on the whole of hono, for hono.test.mjs.

import { Hono } from "hono";
import { basicAuth } from "hono/basic-auth";
import { bearerAuth } from "hono/bearer-auth";
import { bodyLimit } from "hono/body-limit";
import { serveStatic, upgradeWebSocket, websocket } from "hono/bun";
import { deleteCookie, getCookie, setCookie } from "hono/cookie";
import { cors } from "hono/cors";
import { csrf } from "hono/csrf";
import { etag } from "hono/etag";
import { createFactory } from "hono/factory";
import { html, raw } from "hono/html";
import { HTTPException } from "hono/http-exception";
import { jsx } from "hono/jsx";
import { logger } from "hono/logger";
import { methodOverride } from "hono/method-override";
import { prettyJSON } from "hono/pretty-json";
import { Hono as QuickHono } from "hono/quick";
import { requestId } from "hono/request-id";
import { RegExpRouter } from "hono/router/reg-exp-router";
import { secureHeaders } from "hono/secure-headers";
import { stream, streamSSE, streamText } from "hono/streaming";
import { timeout } from "hono/timeout";
import { endTime, startTime, timing } from "hono/timing";
import { Hono as TinyHono } from "hono/tiny";
import { trimTrailingSlash } from "hono/trailing-slash";
import { validator } from "hono/validator";

const app = new Hono();
app.use(trimTrailingSlash());

const Layout = (title, content) => html`<!doctype html><title>${title}</title>${content}`;
app.get("/", (c) => c.html(Layout("A & B", html`<p>${["<i>", raw("<b>")]}</p>`)));
app.get("/async", (c) => c.html(html`<p>${Promise.resolve("<late>")}</p>`));
app.get("/jsx", (c) => c.html(jsx("p", { class: "x" }, "<child>").toString()));
app.get("/page/:n{[0-9]+}", (c) => c.text(`page ${c.req.param("n")} ${c.req.query("q")}`));
app.post("/form", async (c) => c.json(await c.req.parseBody({ all: true })));

app.get("/sse", (c) =>
  streamSSE(c, async (sse) => {
    await sse.writeSSE({ event: "price", id: "1", data: "<p>1\n2" });
    await sse.sleep(2);
    await sse.writeSSE({ data: "last" });
  }),
);
app.get("/text", (c) =>
  streamText(c, async (text) => {
    await text.writeln("one");
    await text.write("two");
  }),
);
export const aborted = [];
app.get("/endless", (c) =>
  stream(c, async (out) => {
    out.onAbort(() => aborted.push("endless"));
    while (!out.aborted) {
      await out.write("x");
      await out.sleep(1);
    }
  }),
);

app.get("/cookies", (c) => {
  setCookie(c, "seen", `${Number(getCookie(c, "seen") ?? 0) + 1}`, { httpOnly: true, path: "/" });
  deleteCookie(c, "old");
  return c.text(getCookie(c, "seen") ?? "none");
});

app.use("/csrf", csrf());
app.post("/csrf", (c) => c.text("changed"));
app.use("/cors", cors({ origin: "http://a.example" }));
app.get("/cors", (c) => c.text("ok"));
app.use("/etag", etag());
app.get("/etag", (c) => c.text("same"));
app.post(
  "/limited",
  bodyLimit({ maxSize: 4, onError: (c) => c.text("too long", 413) }),
  async (c) => c.text(await c.req.text()),
);
app.use("/basic", basicAuth({ username: "ada", password: "lovelace" }));
app.get("/basic", (c) => c.text("in"));
app.use("/bearer", bearerAuth({ token: "t0ken" }));
app.get("/bearer", (c) => c.text("in"));
app.use("/secure", secureHeaders());
app.get("/secure", (c) => c.text("ok"));
app.get("/id", requestId(), (c) => c.text(c.get("requestId")));
app.get("/pretty", prettyJSON(), (c) => c.json({ a: 1 }));
app.get("/slow", timeout(2), async (c) => {
  await new Promise((resolve) => setTimeout(resolve, 50));
  return c.text("late");
});
app.get("/timing", timing(), (c) => {
  startTime(c, "work");
  endTime(c, "work");
  return c.text("ok");
});
app.get("/log", logger(), (c) => c.text("ok"));
app.use("/override", methodOverride({ app }));
app.delete("/override", (c) => c.text("deleted"));

const checked = validator("form", ({ name }, c) =>
  name ? { name } : c.text("name is missing", 422),
);
app.post("/valid", checked, (c) => c.text(`hello ${c.req.valid("form").name}`));

const factory = createFactory();
app.get("/made", ...factory.createHandlers((c) => c.text("made")));

app.get("/thrown", () => {
  throw new HTTPException(418, { message: "teapot" });
});
app.get("/broken", () => {
  throw new TypeError("oops");
});
app.onError((error, c) =>
  error instanceof HTTPException ? error.getResponse() : c.text(`error: ${error.message}`, 500),
);
app.notFound((c) => c.text("nothing here", 404));

app.get(
  "/ws",
  upgradeWebSocket(() => ({ onMessage: (event, ws) => ws.send(`got ${event.data}`) })),
);
app.get("/static/*", serveStatic({ root: "./" }));
app.get("/docs/*", serveStatic({ root: "./public" }));
app.get("/style.css", serveStatic({ path: "./style.css" }));
app.get("/server.js", serveStatic({ path: "./server.js" }));

const others = [TinyHono, QuickHono].map((Class) =>
  new Class().get("/x/:y", (c) => c.text(c.req.param("y"))),
);
others.push(new Hono({ router: new RegExpRouter() }).get("/x/:y", (c) => c.text(c.req.param("y"))));

export { app as default, others, websocket };
