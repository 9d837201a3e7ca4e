// The line about reports, for those who open a sandbox from outside the lesson.

import assert from "node:assert/strict";
import { after, afterEach, before, test } from "node:test";
import { Stage } from "./stage.js";
import { Lesson } from "./steps/lesson.js";

let stage;
before(async () => (stage = await Stage.open("--report-to", "https://example.org/report")));
afterEach(() => stage.clear());
after(() => stage.close());

const TALL = `<!doctype html><title>Mine</title><body style="margin: 0"><div style="height: 200vh">hello</div><button>last</button>`;

/** A lesson whose server serves `html` and, at /cookies, the cookies that it gets. */
async function serving(html) {
  const lesson = await Lesson.open(await stage.person(), stage, "a-websocket-in-html");
  await lesson.write(
    "server.js",
    `const headers = { "Content-Type": "text/html", ETag: '"1"' };
    const page = (request) => request.headers.get("if-none-match")
      ? new Response(null, { status: 304, headers })
      : new Response(${JSON.stringify(html)}, { headers });
    const cookies = (request) => new Response(request.headers.get("cookie") ?? "none");
    export default { routes: { "/": page, "/cookies": cookies }, fetch: () => new Response("no") };`,
  );
  await lesson.start();
  return lesson;
}

test("a visitor reads it and closes it, the page is as its learner made it, and the preview has none", async () => {
  const lesson = await Lesson.open(await stage.person(), stage, "a-websocket-in-html");
  const html = JSON.stringify(`<!doctype html><title>Mine</title><body><p>hello`);
  await lesson.write(
    "server.js",
    `const headers = { "Content-Type": "text/html" };
    export default { routes: { "/": () => new Response(${html}, { headers }) }, fetch: () => new Response("no") };`,
  );
  await lesson.start();
  await lesson.preview.getByText("hello").waitFor();
  assert.equal(await lesson.preview.locator("hxlab-report").count(), 0);

  const visitor = await stage.person();
  await visitor.goto(await lesson.outside());
  const line = visitor.locator("hxlab-report");
  await line.waitFor({ state: "attached" });
  assert.equal(await visitor.evaluate(() => document.body.innerHTML), "<p>hello</p>");
  assert.equal(await visitor.evaluate(() => document.scripts.length), 0);
  // Its shadow is closed to scripts, so it is used by the keyboard: a link, then a button.
  await visitor.keyboard.press("Tab");
  await visitor.keyboard.press("Tab");
  await visitor.keyboard.press("Enter");
  await line.waitFor({ state: "detached" });
  assert.deepEqual(visitor.faults, []);
});

test("the line covers nothing at the end of the page, and fits a window of 320 pixels", async () => {
  const lesson = await serving(TALL);
  const visitor = await stage.person();
  await visitor.setViewportSize({ width: 320, height: 480 });
  await visitor.goto(await lesson.outside());
  const line = visitor.locator("hxlab-report");
  await line.waitFor();
  // Its words come with the next frame.
  await visitor.evaluate(
    () => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done))),
  );
  const foot = (await line.boundingBox()) ?? {};
  assert.equal(Math.round(foot.y + foot.height), 480, "it sticks to the window's foot");
  assert.ok(foot.height < 120, `${foot.height}`);
  await visitor.evaluate(() => scrollTo(0, document.documentElement.scrollHeight));
  const last = await visitor.getByRole("button", { name: "last" }).boundingBox();
  const end = await line.boundingBox();
  assert.ok(
    last.y + last.height < end.y + 1,
    `what is last stands above it: ${JSON.stringify([last, end])}`,
  );
  assert.equal(await visitor.evaluate(() => document.documentElement.scrollWidth), 320);
  assert.deepEqual(visitor.faults, []);
});

test("screen readers find its parts by their names, and once closed it does not come back", async () => {
  const lesson = await serving(TALL);
  const visitor = await stage.person();
  const address = await lesson.outside();
  await visitor.goto(address);
  const line = visitor.locator("hxlab-report");
  await line.waitFor();
  const session = await visitor.context().newCDPSession(visitor);
  const isNamed = async (role, name) => {
    const { nodes } = await session.send("Accessibility.getFullAXTree");
    return nodes.some((node) => node.role?.value === role && node.name?.value.startsWith(name));
  };
  for (const [role, name] of [
    ["complementary", "About this page"],
    ["link", "Report it"],
    ["button", "Close this notice"],
  ])
    assert.ok(await isNamed(role, name), name);
  await visitor.locator("button").focus();
  await visitor.keyboard.press("Tab");
  await visitor.keyboard.press("Tab");
  const closed = visitor.waitForResponse((answer) =>
    answer.url().endsWith("/.hxlab/report/closed"),
  );
  await visitor.keyboard.press("Enter");
  assert.equal((await closed).status(), 204);
  for (const load of [() => visitor.reload(), () => visitor.goto(address)]) {
    await load();
    await visitor.getByText("hello").waitFor();
    assert.equal(await line.count(), 0);
  }
  assert.equal(await visitor.evaluate(() => document.cookie), "");
  const sent = await visitor.evaluate(() => fetch("/cookies").then((answer) => answer.text()));
  assert.equal(sent, "none");
  // Of another visitor it knows nothing.
  const other = await stage.person();
  await other.goto(address);
  await other.locator("hxlab-report").waitFor();
});
