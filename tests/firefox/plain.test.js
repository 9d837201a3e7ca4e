// The main journeys in Firefox on plain http, at a name that it does not trust, and with ports: it says nothing of where
// a request comes from, and there is no clipboard and no `crypto.subtle`.

import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { Lesson, say, says } from "./lesson.js";
import { Stage } from "./stage.js";

const SLUG = "a-websocket-in-html";

let stage;
before(async () => (stage = await Stage.plain()));
after(() => stage.close());

test("a chat in the preview and in a second browser, without `Sec-Fetch-Site`", async () => {
  const page = await stage.person();
  const lesson = await Lesson.open(page, stage, SLUG);
  assert.equal(await page.evaluate(() => window.isSecureContext), false);
  const lacking = page.waitForRequest((request) => request.url().endsWith("/run"));
  await lesson.solve();
  await lesson.run();
  assert.equal((await lacking).headers()["sec-fetch-site"], undefined);
  const preview = await lesson.preview("#say");
  const bob = await stage.person();
  await bob.goto(await lesson.outside());
  await say(bob.mainFrame(), "Hello from Bob");
  await says(preview, "#log", "Hello from Bob");
  await say(preview, "Hello from Alice");
  await says(bob, "#log", "Hello from Alice");
  assert.deepEqual([...page.faults, ...bob.faults], []);
});

test("the challenge is checked and passed", async () => {
  const lesson = await Lesson.open(await stage.person(), stage, SLUG);
  await lesson.solve();
  await lesson.check("you have passed this challenge");
  assert.deepEqual(lesson.page.faults, []);
});
