// A challenge: checks that act in real clients of the learner's own code.

import assert from "node:assert/strict";
import { after, afterEach, before, test } from "node:test";
import { Stage } from "./stage.js";
import { becomes } from "./steps/becomes.js";
import { Lesson } from "./steps/lesson.js";

let stage;
before(async () => (stage = await Stage.open()));
afterEach(() => stage.clear());
after(() => stage.close());

const SLUG = "a-websocket-in-html";

test("the starter fails with what was expected and found, the solution passes and stays passed", async () => {
  const page = await stage.person();
  const lesson = await Lesson.open(page, stage, SLUG);
  await lesson.check();
  await lesson.isCheck("seen-once", "passed");
  await lesson.isCheck("input-empty", "failed");
  const found = lesson.checkItem("input-empty");
  await found.getByText("The form can reset itself").waitFor();
  await found.locator("[data-expected]").getByText("should be empty").waitFor();
  await found.locator("[data-found]").getByText("it holds “One”").waitFor();
  await found.getByRole("group", { name: "Alice's page as the check found it" }).waitFor();
  const marked = found.frameLocator("iframe").locator("[data-hxlab-found]");
  assert.equal(await marked.getAttribute("name"), "message");
  assert.equal(await marked.getAttribute("value"), "One");
  const outline = await marked.evaluate((it) => getComputedStyle(it).outlineStyle);
  assert.equal(outline, "solid", "the picture has its styles");
  await lesson.challengeSays("of 5 checks passed. Look first at this one: After Send");

  await lesson.solve();
  await lesson.check();
  await lesson.challengeSays("you have passed this challenge");
  await lesson.write("chat.js", "this is no JavaScript");
  await lesson.check();
  await lesson.challengeSays("Your server does not start: SyntaxError");
  await lesson.challengeSays("(chat.js, line 1). The challenge stays passed.");
  await lesson.checkItem("seen-once").getByText("SyntaxError").waitFor();
  await lesson.isCheck("input-empty", "ahead");
  await page.reload();
  await lesson.ready();
  await lesson.challengeSays("It stays passed");
  await page.goto(`${stage.site}/`);
  await page
    .getByText(/^passed, 0 of \d right$/)
    .first()
    .waitFor();
  await page.goto(`${stage.site}/me`);
  await page.getByRole("cell", { name: "passed, 0 of" }).waitFor();
  assert.deepEqual([page.faults, page.blocked, page.strangers], [[], [], []]);
});

test("several checks are under way at once, and what failed comes first the next time", async () => {
  const page = await stage.person();
  const lesson = await Lesson.open(page, stage, SLUG);
  const running = page.locator("[data-check][data-state=running]");
  await page.locator("[data-challenge-start]").click();
  await running.nth(2).waitFor();
  assert.ok((await running.count()) <= 3, "no more than three");
  await page.locator("[data-stage] .stage-check").nth(2).waitFor();
  await lesson.challengeSays("1 of 5 checked");
  await lesson.challengeSays("3 of 5 checks passed");
  await page.locator("[data-challenge-start]").click();
  await lesson.isCheck("input-empty", "running");
  assert.deepEqual(page.faults, []);
});

test("one check is watched step by step, and its browsers can be used afterwards", async () => {
  const page = await stage.person();
  const lesson = await Lesson.open(page, stage, SLUG);
  const item = lesson.checkItem("input-empty");
  await item.getByRole("button", { name: "Watch it" }).focus();
  await page.keyboard.press("Enter");
  const panel = page.getByRole("dialog", { name: "After Send, the message input is empty." });
  const steps = panel.getByRole("list", { name: "Steps" });
  await steps.getByText("Alice opens /").waitFor();
  await steps.getByText("Alice fills #say [name=message] with “One”").waitFor();
  await panel
    .getByText("Failed: On Alice's page, #say [name=message] should be empty; it holds “One”.")
    .waitFor();
  await lesson.isCheck("input-empty", "failed");
  await lesson.isCheck("seen-once", "ahead");

  const alice = panel.frameLocator("iframe");
  await alice.locator("#say [name=message]").fill("Two");
  await clickInScaled(page, panel.locator("iframe"), alice.getByRole("button", { name: "Send" }));
  await alice.locator("#log").getByText("Two").waitFor();
  await panel.getByRole("button", { name: "Close" }).click();
  await panel.waitFor({ state: "detached" });
  await item.getByText("Alice's page when it was checked").waitFor();
  await lesson.check();
  await lesson.challengeSays("3 of 5 checks passed");
  assert.deepEqual(page.faults, []);
});

// Playwright does not know where things are in a frame of another process that is drawn smaller.
async function clickInScaled(page, frame, target) {
  const place = (locator) => locator.evaluate((it) => it.getBoundingClientRect().toJSON());
  const outer = await place(frame);
  const inner = await place(target);
  const scale = outer.width / (await frame.evaluate((it) => it.offsetWidth));
  const middle = (start, length) => (start + length / 2) * scale;
  await page.mouse.click(
    outer.x + middle(inner.x, inner.width),
    outer.y + middle(inner.y, inner.height),
  );
}

test("what the server threw is said first", async () => {
  const page = await stage.person();
  const lesson = await Lesson.open(page, stage, SLUG);
  const server = `export default {
  fetch(req, server) {
    if (server.upgrade(req)) return;
    return new Response('<script>new WebSocket("/")</script>', { headers: { "Content-Type": "text/html" } });
  },
  websocket: { open(ws) { ws.data.name.length; }, message() {} },
};`;
  await lesson.write("server.js", server);
  await lesson.check();
  const item = lesson.checkItem("seen-once");
  await item.getByText("Your server threw TypeError").waitFor();
  await item.getByText("(server.js, line 6)").waitFor();
  await page.reload();
  await item.getByText("Your server threw TypeError").waitFor();
});

test("what was found is shown on the wire: the message that it is about, not the last one", async () => {
  const page = await stage.person();
  const lesson = await Lesson.open(page, stage, SLUG);
  await lesson.check();
  await page.locator("[data-wire-kind=websocket]").click();
  const button = lesson.checkItem("input-empty").getByRole("button", { name: "Show it" });
  await button.scrollIntoViewIfNeeded();
  const place = await page.evaluate(() => scrollY);
  await button.press("Enter");
  const row = page.locator("[data-wire-list] [aria-selected=true]");
  await row.filter({ hasText: "sent" }).filter({ hasText: '"message":"One"' }).waitFor();
  await becomes(() => row.isVisible(), true, "a filter that hides it is taken off");
  await page.locator("[data-wire-list]:focus").waitFor();
  assert.ok(Math.abs((await page.evaluate(() => scrollY)) - place) < 300, "the lesson stays there");
});

test("the code that passed can be read again beside the code of now", async () => {
  const page = await stage.person();
  const lesson = await Lesson.open(page, stage, SLUG);
  const button = page.getByRole("button", { name: "the code that passed" });
  assert.equal(await button.isVisible(), false);
  await lesson.solve();
  await lesson.check();
  await lesson.challengeSays("you have passed this challenge");
  await lesson.write("chat.js", "// another way");
  await button.click();
  const pane = page.getByRole("region", { name: "Your code that passed" });
  await pane.getByText("Difference 1 of").waitFor();
  await pane.getByText("ws.subscribe").first().waitFor();
  await page.getByRole("button", { name: "Solution", exact: true }).click();
  await page.getByRole("region", { name: "Solution", exact: true }).waitFor();
  await page.getByRole("button", { name: "Hide solution" }).click();
  assert.deepEqual(page.faults, []);
});

test("the checks are begun and stopped by the keyboard, and what was checked is kept", async () => {
  const page = await stage.person();
  const lesson = await Lesson.open(page, stage, SLUG);
  await page.locator("[data-challenge-start]").press("Enter");
  await page.locator("[data-challenge-stop]:focus").waitFor();
  await lesson.isCheck("seen-once", "passed");
  const stop = page.locator("[data-challenge-stop]");
  await stop.press("Enter");
  await lesson.challengeSays("Stopped");
  await page.locator("[data-challenge-start]:focus").waitFor();
  await becomes(() => page.locator("[data-state=running]").count(), 0);
  await becomes(() => page.locator("[data-stage] iframe").count(), 0);
  await page.reload();
  await lesson.isCheck("seen-once", "passed");
  assert.deepEqual(page.faults, []);
});

test("what is typed while checks act arrives in the code, and nothing scrolls", async () => {
  const page = await stage.person();
  const lesson = await Lesson.open(page, stage, SLUG);
  await lesson.solve();
  await lesson.show("chat.js");
  await lesson.editor.click();
  await page.keyboard.press("ControlOrMeta+Home");
  await page.keyboard.insertText("// \n");
  await page.locator("[data-challenge-start]").click();
  await lesson.isCheck("seen-once", "running");
  await lesson.editor.click();
  await page.keyboard.press("ControlOrMeta+Home");
  await page.keyboard.press("End");
  const place = await page.evaluate(() => scrollY);
  const words = "While the checks act in two windows, somebody writes a comment of some length. ";
  await page.keyboard.type(words.repeat(3), { delay: 30 });
  const line = lesson.editor.locator(".cm-line").first();
  await becomes(() => line.textContent(), `// ${words.repeat(3)}`);
  assert.equal(await page.evaluate(() => scrollY), place);
  await lesson.challengeSays("you have passed this challenge");
  await lesson.editor.and(page.locator(":focus")).waitFor();
});

test("on a narrow screen the checks go on while another part is looked at", async () => {
  const page = await stage.person({ viewport: { width: 390, height: 844 } });
  const lesson = await Lesson.open(page, stage, SLUG);
  await page.locator("[data-challenge-start]").click();
  await lesson.isCheckAttached("seen-once", "running");
  await lesson.view("Wire");
  await lesson.isCheckAttached("seen-once", "passed");
  await lesson.isCheckAttached("no-markup", "passed");
  await lesson.view("Read");
  await page.locator("[data-challenge-start]").waitFor({ timeout: 90_000 });
  const width = await page.evaluate(() => document.documentElement.scrollWidth);
  assert.ok(width <= 390, `nothing is wider than the screen, and the page is ${width}`);
});

test("what is expected can be read without JavaScript", async () => {
  const page = await stage.person({ javaScriptEnabled: false });
  await page.goto(`${stage.site}/lessons/${SLUG}`);
  await page.getByText("After Send, the message input is empty.").waitFor();
  await page.getByText("The checks need JavaScript.").waitFor();
});

test("checks that are begun in another tab end those of this one, with a sentence", async () => {
  const page = await stage.person();
  const lesson = await Lesson.open(page, stage, SLUG);
  const other = await page.context().newPage();
  const there = await Lesson.open(other, stage, SLUG);
  await page.locator("[data-challenge-start]").click();
  await lesson.isCheck("seen-once", "passed");
  await other.locator("[data-challenge-start]").click();
  await there.isCheck("seen-once", "passed");
  await lesson.challengeSays("The checks ended early: These checks are over");
});
