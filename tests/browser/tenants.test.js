// Two sandboxes that have a port after one another, in one browser: what the first one had it keep is not shown for the
// second one's.

import assert from "node:assert/strict";
import { once } from "node:events";
import { createServer } from "node:net";
import { after, before, test } from "node:test";
import { Stage } from "./stage.js";
import { becomes } from "./steps/becomes.js";
import { Lesson } from "./steps/lesson.js";

const [FIRST, LAST] = [23900, 23909];

let stage;
const others = [];
// Other programs have all ports but one, which whoever comes next gets when nobody is at the first one's any more.
before(async () => {
  for (let port = FIRST + 1; port <= LAST; port += 1) {
    const other = createServer().listen(port, "127.0.0.1");
    await once(other, "listening");
    others.push(other);
  }
  const settings = ["--preview-ports", `${FIRST}-${LAST}`, "--sleep-after", "1"];
  stage = await Stage.at("127.0.0.1", ...settings);
});
after(async () => {
  await stage?.close();
  for (const other of others) other.close();
});

/** How scripts say for how long they may be kept, by their names. */
const KEPT = {
  tag: { ETag: '"1"' },
  weak: { ETag: 'W/"1"', Vary: "Accept" },
  date: { "Last-Modified": "Sun, 01 Nov 2026 10:00:00 GMT" },
  both: { ETag: '"1"', "Last-Modified": "Sun, 01 Nov 2026 10:00:00 GMT" },
  fresh: {},
  long: { "Cache-Control": "public, max-age=99999, immutable", ETag: '"1"' },
  quoted: { "Cache-Control": 'x="no-store", max-age=99999', ETag: '"1"' },
};

/** Says in its page whose scripts run, and confirms whatever a browser asks about. */
const server = (name) => `const KEPT = ${JSON.stringify(KEPT)};
export default { fetch(request) {
  const { pathname } = new URL(request.url);
  const [, kind] = /^\\/(\\w+)\\.js$/.exec(pathname) ?? [];
  if (kind) {
    const headers = { "Content-Type": "text/javascript", ...KEPT[kind] };
    const asks = ["if-none-match", "if-modified-since"].some((it) => request.headers.has(it));
    if (asks) return new Response(null, { status: 304, headers });
    return new Response("document.body.dataset." + kind + " = '${name}';", { headers });
  }
  const scripts = Object.keys(KEPT).map((kind) => "<script src=/" + kind + ".js></script>");
  const page = "<!doctype html><body><h1>${name}</h1>" + scripts.join("");
  return new Response(page, { headers: { "Content-Type": "text/html", "Cache-Control": "max-age=9999" } });
} };`;

async function tenant(page, slug, name) {
  const lesson = await Lesson.open(page, stage, slug);
  await lesson.write("server.js", server(name));
  await lesson.start();
  // A path of the server’s own: at / the project has a page.
  return new URL("/whose", await lesson.outside()).href;
}

const run = (tab) => tab.evaluate(() => ({ ...document.body.dataset }));
const all = (name) => Object.fromEntries(Object.keys(KEPT).map((kind) => [kind, name]));

test("the next tenant of a port is not shown what the one before had the browser keep", async () => {
  const page = await stage.person();
  const address = await tenant(page, "a-websocket-in-html", "first");
  const tab = await page.context().newPage();
  await tab.goto(address);
  await tab.locator("h1", { hasText: "first" }).waitFor();
  assert.deepEqual(await run(tab), all("first"));
  // Its own tenant may confirm what is kept.
  const again = tab.waitForResponse(/tag\.js$/);
  await tab.reload();
  assert.equal((await again).status(), 304);
  assert.deepEqual(await run(tab), all("first"));
  await tab.goto("about:blank");

  // Nobody looks on, its server sleeps, and the port is for the next one.
  await page.goto("about:blank");
  const context = page.context();
  await becomes(async () => {
    const next = await context.newPage();
    const lesson = await Lesson.open(next, stage, "server-sent-events");
    const isThere = (await lesson.outside())?.startsWith(`http://127.0.0.1:${FIRST}/`) ?? false;
    await next.close();
    return isThere;
  }, true);
  const other = await context.newPage();
  assert.equal(await tenant(other, "server-sent-events", "second"), address);
  const second = await context.newPage();
  await second.goto(address);
  await second.locator("h1", { hasText: "second" }).waitFor();
  assert.deepEqual(await run(second), all("second"));
  // Nor by the way Back, once its process has forgotten what it ran.
  const devtools = await context.newCDPSession(tab);
  await devtools.send("Memory.simulatePressureNotification", { level: "critical" });
  await devtools.send("HeapProfiler.collectGarbage");
  await tab.goBack();
  await tab.locator("h1", { hasText: "second" }).waitFor();
  assert.deepEqual(await run(tab), all("second"));
});
