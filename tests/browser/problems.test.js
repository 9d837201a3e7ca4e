// What goes wrong is found where it is: a Run that does not start leads to its line, and leaves the keyboard with
// whoever types.

import assert from "node:assert/strict";
import { after, afterEach, before, test } from "node:test";
import { Stage } from "./stage.js";
import { becomes } from "./steps/becomes.js";
import { violations } from "./steps/everybody.js";
import { Lesson } from "./steps/lesson.js";

const SLUG = "a-websocket-in-html";
const BROKEN = "export default {\n  fetch() { return new Response(; },\n};\n";

let stage;
before(async () => (stage = await Stage.open()));
afterEach(() => stage.clear());
after(() => stage.close());

const newLesson = async (options) => Lesson.open(await stage.person(options), stage, SLUG);
const failure = (lesson) =>
  lesson.notice.locator(".bench-notice").filter({ hasText: "The server did not start" });
const chosen = (lesson, file) =>
  lesson.page.locator("[data-files] [aria-selected=true]", { hasText: file }).waitFor();

test("a Run that does not start leads to its line, and back to where one was", async () => {
  const lesson = await newLesson();
  await lesson.write("server.js", `${"\n".repeat(200)}${BROKEN}`);
  await lesson.write("style.css", "a {}\nb {}\nc {}\n");
  await lesson.run.click();
  await lesson.isInState("failed");
  await chosen(lesson, "server.js");
  const words = lesson.editor.locator(".cm-fault");
  await words.filter({ hasText: "SyntaxError" }).waitFor();
  await lesson.page.waitForFunction(() => {
    const { shadowRoot } = document.querySelector("[data-editor]");
    const line = shadowRoot.querySelector(".cm-fault")?.getBoundingClientRect();
    const pane = shadowRoot.querySelector(".cm-scroller").getBoundingClientRect();
    return line && line.top >= pane.top && line.bottom <= pane.bottom;
  });
  const focused = () => lesson.page.evaluate(() => document.activeElement.matches("[data-run]"));
  assert.equal(await focused(), true, "the button keeps the focus");

  await failure(lesson).filter({ hasText: "the editor shows server.js:202" }).waitFor();
  await lesson.page.getByRole("button", { name: "Back to style.css:4" }).click();
  await chosen(lesson, "style.css");
  await lesson.page.keyboard.type("d {}");
  await lesson.isSaved();
  await becomes(() => lesson.editor.innerText(), "a {}\nb {}\nc {}\nd {}");
  await becomes(() => failure(lesson).isVisible(), false);
});

test("who runs while typing keeps the file and the caret, and is offered the way", async () => {
  const lesson = await newLesson();
  await lesson.write("server.js", BROKEN);
  await lesson.write("style.css", "a {}");
  await lesson.page.keyboard.press("Shift+Enter");
  await lesson.page.keyboard.type(" b {}");
  await lesson.isInState("failed");
  const way = lesson.page.getByRole("button", { name: "Go to server.js:2" });
  await way.waitFor();
  await lesson.page.keyboard.type(" c {}");
  await becomes(() => lesson.editor.innerText(), "a {} b {} c {}");
  await way.click();
  await chosen(lesson, "server.js");
  await lesson.editor.locator(".cm-activeLine", { hasText: "new Response(;" }).waitFor();
  await lesson.page.getByRole("button", { name: "Back to style.css:1" }).waitFor();

  await lesson.write("server.js", "export default { fetch: () => new Response('mended') };\n");
  await lesson.start();
  await becomes(() => failure(lesson).isVisible(), false);
});

test("on a phone too the editor is shown, and back is where one was", async () => {
  const lesson = await newLesson({ viewport: { width: 375, height: 740 } });
  await lesson.view("Code");
  await lesson.write("server.js", BROKEN);
  await lesson.view("Preview");
  await lesson.run.click();
  await lesson.editor.locator(".cm-fault").waitFor();
  await lesson.page.getByRole("button", { name: /^Back to server.js/ }).click();
  await lesson.page.locator("[data-preview-words]").waitFor();
});

const FAULTY = `let asked = 0;
export default {
  routes: {
    "/throws": () => {
      throw new Error("nothing works");
    },
    "/refuses": () => {
      Promise.reject(new TypeError("refused"));
      return new Response("ok");
    },
    "/loops": () => {
      for (;;) asked += 1;
    },
    "/page": () =>
      new Response('<!doctype html><title>Page</title><script src="/late.js"></script>', {
        headers: { "Content-Type": "text/html" },
      }),
  },
  fetch: () => new Response("Not found", { status: 404 }),
};
`;
const problems = (lesson) => lesson.page.locator("[data-problem-list] > li");
const showProblems = (lesson) => lesson.page.getByRole("tab", { name: /^Problems/ }).click();
const badge = (lesson) => lesson.page.locator("#bench-tab-problems [data-problems-count]");
const ask = (lesson, path) =>
  lesson.preview.locator(":root").evaluate((_, to) => fetch(to).then(() => null), path);

test("what goes wrong is listed once, newest first, and leads to its line until a good Run", async () => {
  const lesson = await newLesson();
  const { page } = lesson;
  await lesson.write("server.js", FAULTY);
  await lesson.add(
    "late.js",
    'for (let i = 0; i < 3; i += 1) setTimeout(() => {\n  throw Error("late");\n});\n',
  );
  await lesson.start();
  await showProblems(lesson);
  await page.getByText("No problem since the last good Run.").waitFor();
  await page.evaluate(() => {
    window.heard = [];
    new MutationObserver(
      ([{ target }]) => target.textContent && window.heard.push(target.textContent),
    ).observe(document.querySelector("[data-announcer]"), { childList: true });
  });
  for (const path of ["/throws", "/throws", "/refuses", "/throws"]) await ask(lesson, path);
  await problems(lesson).filter({ hasText: "nothing works" }).getByText("×3").waitFor();
  await problems(lesson).first().filter({ hasText: "TypeError: refused" }).waitFor();
  await lesson.goTo("/page");
  await problems(lesson).first().filter({ hasText: "late" }).getByText("×3").waitFor();
  await badge(lesson).filter({ hasText: "3 problems" }).waitFor();

  await page.getByRole("button", { name: "server.js:5" }).click();
  await lesson.editor.locator(".cm-activeLine", { hasText: "nothing works" }).waitFor();
  await page.getByRole("button", { name: "late.js:2" }).click();
  await lesson.editor.locator(".cm-activeLine", { hasText: "throw Error" }).waitFor();

  const heard = await page.waitForFunction(() => window.heard.length > 1 && window.heard);
  const [first, second] = await heard.jsonValue();
  assert.equal(first, "Problem: Error: nothing works.");
  assert.match(second, /^2 new problems\. The newest: .*late/);

  await lesson.write("late.js", "");
  await lesson.start();
  await page.getByText("No problem since the last good Run.").waitFor();
  await becomes(() => badge(lesson).innerText(), "");
});

test("the end of a Run is a problem, whether a limit ended it or it did not start", async () => {
  const lesson = await newLesson();
  await lesson.write("server.js", FAULTY);
  await lesson.start();
  await showProblems(lesson);
  await ask(lesson, "/loops");
  await problems(lesson).filter({ hasText: "one turn took longer than" }).waitFor();
  await lesson.page.getByRole("button", { name: "server.js:12" }).waitFor();
  for (const [code, words] of [
    [BROKEN, "SyntaxError"],
    ['const fs = require("fs");\n', "require"],
    ['import net from "node:net";\n', "node:net"],
  ]) {
    await lesson.write("server.js", code);
    await lesson.run.click();
    await problems(lesson).filter({ hasText: words }).waitFor();
    await becomes(() => problems(lesson).count(), 1, "an earlier start that failed is over");
  }
});

test("thousands of different problems a second are bounded and hold nobody", async () => {
  const lesson = await newLesson();
  await lesson.write("server.js", FAULTY);
  const flood =
    "let n = 0;\nsetInterval(() => {\n  for (let i = 0; i < 100; i += 1)\n    reportError(Error(`no ${(n += 1)}`));\n}, 50);\n";
  await lesson.add("late.js", flood);
  await lesson.start();
  await lesson.goTo("/page");
  await showProblems(lesson);
  await lesson.page.getByText("older problems are no longer listed").waitFor();
  await becomes(() => problems(lesson).count(), 100);
  await lesson.write("style.css", "/* typed meanwhile */");
  await lesson.editor.getByText("typed meanwhile").waitFor();
  await becomes(() => problems(lesson).count(), 100);
  await lesson.page.context().close();
});

test("on a phone the badge is in the bar, and a problem leads to the code", async () => {
  const lesson = await newLesson({ viewport: { width: 375, height: 740 } });
  const { page } = lesson;
  await lesson.view("Code");
  await lesson.write("server.js", FAULTY);
  await lesson.start();
  await lesson.view("Preview");
  await lesson.goTo("/throws");
  const wire = page.locator("[data-views]").getByRole("button", { name: "Wire 1 problem" });
  await wire.click();
  await showProblems(lesson);
  assert.deepEqual(await violations(page), []);
  await page.getByRole("button", { name: "server.js:5" }).click();
  await lesson.editor.locator(".cm-activeLine", { hasText: "nothing works" }).waitFor();
});

test("code that differs from what runs says so, after a reload too, and no longer once it is the same", async () => {
  const lesson = await newLesson();
  const { page } = lesson;
  const stale = page.getByText("This code is not running yet");
  const isHidden = () => stale.waitFor({ state: "hidden" });
  await lesson.write("style.css", "a {}");
  assert.equal(await stale.isVisible(), false, "nothing runs");
  await lesson.start();
  await isHidden();
  await page.keyboard.press("Escape");
  await lesson.editor.press("ControlOrMeta+End");
  await page.keyboard.type(" ");
  await stale.waitFor();
  await page.keyboard.press("Backspace");
  await isHidden();
  await page.keyboard.type(" b");
  await stale.waitFor();
  await lesson.isSaved();

  await page.reload();
  await lesson.ready();
  await stale.waitFor();
  await lesson.write("style.css", "a {}");
  await isHidden();
  await lesson.write("style.css", "c {}");
  await stale.waitFor();
  await lesson.start();
  await isHidden();
  await lesson.isSaved();
  await page.reload();
  await lesson.ready();
  await lesson.isInState("running");
  await isHidden();
  await lesson.write("style.css", "d {}");
  await stale.waitFor();
  await page.getByRole("button", { name: "Stop" }).click();
  await isHidden();
});
