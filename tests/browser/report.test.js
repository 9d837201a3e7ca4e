// The line about reports, for those who open a sandbox from outside the lesson.

import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { Stage } from "./stage.js";
import { Lesson } from "./steps/lesson.js";

let stage;
before(async () => (stage = await Stage.open("--report-to", "https://example.org/report")));
after(() => stage.close());

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
