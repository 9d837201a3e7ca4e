// What goes wrong is found where it is: a Run that does not start leads to its line, and leaves the keyboard with
// whoever types.

import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { Stage } from "./stage.js";
import { Lesson } from "./steps/lesson.js";

const SLUG = "a-websocket-in-html";
const BROKEN = "export default {\n  fetch() { return new Response(; },\n};\n";

let stage;
before(async () => (stage = await Stage.open()));
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
  assert.equal(await lesson.editor.innerText(), "a {}\nb {}\nc {}\nd {}");
  assert.equal(await failure(lesson).isVisible(), false);
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
  assert.equal(await lesson.editor.innerText(), "a {} b {} c {}");
  await way.click();
  await chosen(lesson, "server.js");
  await lesson.editor.locator(".cm-activeLine", { hasText: "new Response(;" }).waitFor();
  await lesson.page.getByRole("button", { name: "Back to style.css:1" }).waitFor();

  await lesson.write("server.js", "export default { fetch: () => new Response('mended') };\n");
  await lesson.start();
  assert.equal(await failure(lesson).isVisible(), false);
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
