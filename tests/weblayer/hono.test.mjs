import assert from "node:assert/strict";
import { test } from "node:test";
import { webContext } from "./context.mjs";

const context = webContext();
await context.load("hono");

/** What the application answers: status, headers as an object, body as text. */
const ask = (path, init = {}) =>
  context.run(
    async (path, { method = "GET", headers = {}, body = null }) => {
      const sent = body === null ? null : new TextEncoder().encode(body);
      const head = { method, url: `http://h${path}`, fields: Object.entries(headers).flat() };
      const request = __web.requestFrom({ ...head, body: sent });
      const parts = __web.responseParts(await app.default.fetch(request, {}));
      const text = await new Response(parts.body).text();
      const pairs = parts.fields.flatMap((name, at, all) => (at % 2 ? [] : [[name, all[at + 1]]]));
      const cookies = pairs.filter(([name]) => name === "set-cookie").map(([, value]) => value);
      const fields = { ...Object.fromEntries(pairs), cookies };
      return {
        status: parts.status,
        headers: fields,
        text,
        whole: !(parts.body instanceof ReadableStream),
      };
    },
    path,
    init,
  );

const form = { "content-type": "application/x-www-form-urlencoded" };

test("pages by html, escaped, whole in memory", async () => {
  const page = await ask("/");
  assert.equal(page.text, "<!doctype html><title>A &amp; B</title><p>&lt;i&gt;<b></p>");
  assert.equal(page.headers["content-type"], "text/html; charset=UTF-8");
  assert.ok(page.whole);
  assert.equal((await ask("/async")).text, "<p>&lt;late&gt;</p>");
  assert.equal((await ask("/jsx")).text, '<p class="x">&lt;child&gt;</p>');
});

test("routes, queries, not found, errors", async () => {
  assert.equal((await ask("/page/7?q=%C3%BC")).text, "page 7 ü");
  assert.deepEqual(
    [(await ask("/page/x")).status, (await ask("/page/x")).text],
    [404, "nothing here"],
  );
  assert.deepEqual([(await ask("/thrown")).status, (await ask("/thrown")).text], [418, "teapot"]);
  assert.deepEqual(
    [(await ask("/broken")).status, (await ask("/broken")).text],
    [500, "error: oops"],
  );
  assert.equal((await ask("/made")).text, "made");
  assert.equal((await ask("/made/")).status, 301);
  assert.equal((await ask("/made", { method: "HEAD" })).text, "");
  const others = await context.run(() =>
    Promise.all(app.others.map(async (each) => (await each.request("/x/1")).text())),
  );
  assert.deepEqual(others, ["1", "1", "1"]);
});

test("forms: urlencoded, multipart, validated", async () => {
  const sent = await ask("/form", { method: "POST", headers: form, body: "a=1&a=2&b=x+y" });
  assert.deepEqual(JSON.parse(sent.text), { a: ["1", "2"], b: "x y" });
  const multipart = await ask("/form", {
    method: "POST",
    headers: { "content-type": "multipart/form-data; boundary=B" },
    body: '--B\r\nContent-Disposition: form-data; name="a"\r\n\r\nü\r\n--B--\r\n',
  });
  assert.deepEqual(JSON.parse(multipart.text), { a: "ü" });
  assert.equal(
    (await ask("/valid", { method: "POST", headers: form, body: "name=Ada" })).text,
    "hello Ada",
  );
  assert.equal((await ask("/valid", { method: "POST", headers: form, body: "" })).status, 422);
});

test("streams: server-sent events and text", async () => {
  const events = await ask("/sse");
  assert.equal(events.headers["content-type"], "text/event-stream");
  assert.equal(events.text, "event: price\ndata: <p>1\ndata: 2\nid: 1\n\ndata: last\n\n");
  assert.equal((await ask("/text")).text, "one\ntwo");
});

test("a stream hears that its reader went away", async () => {
  const seen = await context.run(async () => {
    const request = __web.requestFrom({
      method: "GET",
      url: "http://h/endless",
      fields: [],
      body: null,
    });
    const { body } = __web.responseParts(await app.default.fetch(request, {}));
    const reader = body.getReader();
    const { value } = await reader.read();
    await reader.cancel();
    return [new TextDecoder().decode(value), app.aborted];
  });
  assert.deepEqual(seen, ["x", ["endless"]]);
});

test("cookies", async () => {
  const { text, headers } = await ask("/cookies", { headers: { cookie: "seen=4" } });
  assert.equal(text, "4");
  assert.deepEqual(headers.cookies, ["seen=5; Path=/; HttpOnly", "old=; Max-Age=0; Path=/"]);
});

test("csrf, cors, credentials, limits", async () => {
  const post = (origin) =>
    ask("/csrf", { method: "POST", headers: { ...form, origin }, body: "a=1" });
  assert.equal((await post("http://evil.example")).status, 403);
  assert.equal((await post("http://h")).text, "changed");
  const cors = await ask("/cors", { headers: { origin: "http://a.example" } });
  assert.equal(cors.headers["access-control-allow-origin"], "http://a.example");
  const limited = (body) =>
    ask("/limited", { method: "POST", headers: { "content-length": `${body.length}` }, body });
  assert.deepEqual([(await limited("1234")).text, (await limited("12345")).status], ["1234", 413]);
  assert.equal((await ask("/basic")).status, 401);
  assert.equal((await ask("/bearer")).status, 401);
});

test("headers that middleware adds", async () => {
  assert.equal((await ask("/secure")).headers["x-frame-options"], "SAMEORIGIN");
  assert.match((await ask("/id")).text, /^[\da-f-]{36}$/);
  assert.equal((await ask("/pretty?pretty")).text, '{\n  "a": 1\n}');
  assert.match((await ask("/timing")).headers["server-timing"], /work;dur=/);
  assert.equal((await ask("/slow")).status, 504);
  const deleted = { method: "POST", headers: form, body: "_method=DELETE" };
  assert.equal((await ask("/override", deleted)).text, "deleted");
});

test("the logger writes without a terminal's colours", async () => {
  await ask("/log");
  const lines = context.logs.map(([, text]) => text);
  assert.equal(lines.at(-2), "<-- GET /log");
  assert.match(lines.at(-1), /^--> GET \/log 200 \d+ms$/);
});

test("hono/bun: files of the project, and sockets", async () => {
  await context.run(
    () => void __web.projectFiles.set("style.css", "p {}").set("server.js", "secret"),
  );
  await context.run(() => void __web.projectFiles.set("public/docs/index.html", "<p>docs"));
  for (const path of ["/docs", "/docs/", "/docs/index.html"]) {
    assert.equal((await ask(path)).text, "<p>docs", path);
  }
  assert.equal((await ask("/docs/a")).status, 404);
  const style = await ask("/style.css");
  assert.deepEqual(
    [style.text, style.headers["content-type"]],
    ["p {}", "text/css; charset=utf-8"],
  );
  assert.equal((await ask("/static/none.css")).status, 404);
  assert.equal((await ask("/server.js")).status, 404);
  const sent = await context.run(async () => {
    const sent = [];
    let data;
    const server = { upgrade: (request, options) => ((data = options.data), true) };
    const fields = ["upgrade", "websocket"];
    const request = __web.requestFrom({ method: "GET", url: "http://h/ws", fields, body: null });
    await app.default.fetch(request, server);
    app.websocket.message({ data, send: (text) => sent.push(text), readyState: 1 }, "hi");
    return sent;
  });
  assert.deepEqual(sent, ["got hi"]);
});
