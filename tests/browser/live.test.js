// A lesson with a live server beside it, for two people at once.

import assert from "node:assert/strict";
import { after, afterEach, before, test } from "node:test";
import { Stage } from "./stage.js";
import { becomes } from "./steps/becomes.js";
import { say } from "./steps/chat.js";
import { Lesson } from "./steps/lesson.js";

let stage;
before(async () => (stage = await Stage.open()));
afterEach(() => stage.clear());
after(() => stage.close());

test("two browsers chat through one sandbox, and the wire shows it", async () => {
  const alice = await stage.person();
  const lesson = await Lesson.open(alice, stage, "a-websocket-in-html");
  await lesson.solve();
  await lesson.start();
  const bob = await stage.person();
  await bob.goto(await lesson.outside());

  await bob.locator("#here").filter({ hasText: "2 here" }).waitFor();
  await say(lesson.preview, "Hello from Alice");
  await bob.locator("#log").getByText("Hello from Alice").waitFor();
  await say(bob, "Hello from Bob");
  await lesson.preview.locator("#log").getByText("Hello from Bob").waitFor();

  await lesson.wireRow("Hello from Bob").first().waitFor();
  assert.deepEqual([...alice.faults, ...bob.faults], []);
  assert.deepEqual([...alice.strangers, ...bob.strangers], []);
});

test("a price moves by a server-sent event", async () => {
  const page = await stage.person();
  const lesson = await Lesson.open(page, stage, "server-sent-events");
  await lesson.solve();
  await lesson.start();
  const other = await stage.person();
  await other.goto(await lesson.outside());
  const ticker = other.locator("#ticker");
  await ticker.filter({ hasText: /\d/ }).waitFor();
  const first = await ticker.innerText();
  await other.waitForFunction(
    (text) => document.querySelector("#ticker").innerText !== text,
    first,
  );
  await lesson.wireRow("price").first().waitFor();
});

test("Back and Forward restore a pushed page, and a reload of it works", async () => {
  const page = await stage.person();
  const lesson = await Lesson.open(page, stage, "the-address-bar");
  await lesson.solve();
  await lesson.start();
  const entries = await page.evaluate(() => history.length);
  const { preview } = lesson;
  await lesson.clickThere(preview.locator("#page [hx-push-url][href^='/catalogue/']").first());
  await page.waitForFunction(() =>
    /^\/catalogue\/./.test(document.querySelector("[data-preview-address]").value),
  );
  const good = await lesson.address.inputValue();
  const title = await preview.locator("#page h2").first().innerText();

  await lesson.press("back");
  await preview.getByText("Surprise me").waitFor();
  await lesson.press("forward");
  await preview.locator("#page h2").filter({ hasText: title }).first().waitFor();
  await lesson.press("reload");
  await preview.locator("#page h2").filter({ hasText: title }).first().waitFor();
  await becomes(() => lesson.address.inputValue(), good);
  assert.equal(await page.evaluate(() => history.length), entries, "the page's own history");
  assert.match(page.url(), /\/lessons\/the-address-bar$/);
});

test("Run replaces the server, and the page reconnects", async () => {
  const page = await stage.person();
  const lesson = await Lesson.open(page, stage, "a-websocket-in-html");
  await lesson.solve();
  await lesson.start();
  const other = await stage.person();
  await other.goto(await lesson.outside());
  const here = other.locator("#here");
  await here.filter({ hasText: "2 here" }).waitFor();
  const opened = other.waitForEvent("websocket");
  await lesson.run.click();
  await opened;
  await here.filter({ hasText: "2 here" }).waitFor();
  await lesson.isInState("running");
});

test("an endless loop is stopped and named while another sandbox goes on", async () => {
  const alice = await stage.person();
  const lesson = await Lesson.open(alice, stage, "a-websocket-in-html");
  const loop =
    "export default {\n  routes: {\n    '/'() { while (true) {} },\n  },\n  fetch() {},\n};\n";
  await lesson.write("server.js", loop);
  const bob = await stage.person();
  const neighbour = await Lesson.open(bob, stage, "a-websocket-in-html");
  await neighbour.start();

  await lesson.run.click();
  await lesson.isInState("crashed");
  await lesson.words.filter({ hasText: "one turn took longer than" }).waitFor();
  await lesson.page.locator(".cm-lintRange-error, .cm-lint-marker-error").first().waitFor();
  await neighbour.preview.locator("#say").waitFor();

  await lesson.write(
    "server.js",
    "export default { routes: { '/': new Response('mended') }, fetch() {} };\n",
  );
  await lesson.run.click();
  await lesson.preview.getByText("mended").waitFor();
});

test("a syntax error is shown at its line, and the page in the preview says so", async () => {
  const page = await stage.person();
  const lesson = await Lesson.open(page, stage, "a-websocket-in-html");
  await lesson.write("server.js", "export default {\n  fetch() { return new Response(; },\n};\n");
  await lesson.run.click();
  await lesson.isInState("failed");
  await lesson.words.filter({ hasText: "SyntaxError" }).waitFor();
  await page.locator("[data-preview-words]").filter({ hasText: "server.js:2" }).waitFor();
  await page.locator(".cm-lintRange-error, .cm-lint-marker-error").first().waitFor();
});

test("a draft survives a reload and a restart, and what is typed offline is not lost", async () => {
  const page = await stage.person();
  const lesson = await Lesson.open(page, stage, "a-websocket-in-html");
  await lesson.write("style.css", "/* mine */\n");
  await lesson.isSaved();
  await page.reload();
  await lesson.ready();
  await lesson.show("style.css");
  await lesson.editor.getByText("/* mine */").waitFor();

  assert.equal(await stage.restart(), 0);
  await lesson.write("style.css", "/* typed while it was away */\n");
  await page.reload();
  await lesson.ready();
  await lesson.show("style.css");
  await lesson.editor.getByText("typed while it was away").waitFor();
  await lesson.start();
});

test("what a full disk cannot take stays in the browser, is said, and is saved once there is room", async () => {
  const page = await stage.person();
  const lesson = await Lesson.open(page, stage, "a-websocket-in-html");
  const draft = "**/lessons/a-websocket-in-html/draft";
  const error = "The disk of this site is full, so nothing was saved: tell whoever runs it.";
  await page.route(draft, (route) => route.fulfill({ status: 507, json: { error } }));
  await lesson.write("style.css", "/* typed on a full disk */\n");
  const words = page.locator("[data-draft-words]");
  await words.filter({ hasText: "Kept in this browser until it can be saved" }).waitFor();
  await words.filter({ hasText: "disk of this site is full" }).waitFor();
  await page.reload();
  await lesson.ready();
  await lesson.show("style.css");
  await lesson.editor.getByText("typed on a full disk").waitFor();
  await page.unroute(draft);
  await lesson.isSaved();
});

test("the keyboard alone runs and leaves the editor", async () => {
  const page = await stage.person();
  const lesson = await Lesson.open(page, stage, "a-websocket-in-html");
  await lesson.editor.focus();
  await page.keyboard.press("Shift+Enter");
  await lesson.isInState("running");
  await lesson.editor.focus();
  // Its text lies in a shadow tree.
  const inside = () => page.evaluate(() => document.activeElement.matches("[data-editor]"));
  assert.equal(await inside(), true);
  await page.keyboard.press("Escape");
  await page.keyboard.press("Tab");
  assert.equal(await inside(), false);
});

test("on a narrow screen there are tabs, and nothing is wider than the screen", async () => {
  const page = await stage.person({ viewport: { width: 375, height: 740 } });
  await page.goto(`${stage.site}/lessons/a-websocket-in-html`);
  for (const name of ["Code", "Preview", "Wire", "Read"]) {
    await page.locator("[data-views]").getByRole("button", { name, exact: true }).click();
    const wider = await page.evaluate(
      () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
    );
    assert.equal(wider, 0, `${name} is ${wider}px too wide`);
  }
});
