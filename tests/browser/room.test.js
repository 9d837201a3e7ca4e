// Room for the work: at 400 % zoom and on a narrow screen each pane has room; wrapped lines, the size of the code, the
// lines between panes and a pane made whole are remembered, and hold before the first paint.

import assert from "node:assert/strict";
import { after, afterEach, before, test } from "node:test";
import { Stage } from "./stage.js";
import { becomes } from "./steps/becomes.js";
import { violations } from "./steps/everybody.js";
import { Lesson } from "./steps/lesson.js";
import { Playground } from "./steps/playground.js";

const SLUG = "a-websocket-in-html";
const WIDE = { width: 1440, height: 900 };
const PHONE = { width: 320, height: 640 };
// 1280 by 1024 pixels at 400 %.
const ZOOMED = { width: 320, height: 256 };
// Eight lines of code.
const LEAST = 8 * 20;

let stage;
before(async () => (stage = await Stage.open()));
afterEach(() => stage.clear());
after(() => stage.close());

const newLesson = async (viewport = WIDE) =>
  Lesson.open(await stage.person({ viewport }), stage, SLUG);

const heightOf = (page, selector) =>
  page
    .locator(selector)
    .first()
    .evaluate((it) => it.offsetHeight);

for (const [name, viewport] of Object.entries({ "320 pixels": PHONE, "400 %": ZOOMED })) {
  test(`each pane has room for eight lines at ${name}`, async () => {
    const lesson = await newLesson(viewport);
    const { page } = lesson;
    const has = async (selector) => {
      const height = await heightOf(page, selector);
      assert.ok(height >= LEAST, `${selector} has ${height} of ${LEAST} pixels`);
    };
    await lesson.view("Code");
    await lesson.start();
    await has("[data-editor]");
    await page.locator("[data-solution]").click();
    await page.locator("[data-compare-editor] .cm-content").waitFor();
    await has("[data-editor]");
    await has("[data-compare-editor]");
    await page.locator("[data-solution]").click();
    await lesson.view("Preview");
    await has(".preview iframe");
    await lesson.view("Wire");
    await lesson.wireRow("/chat").first().click();
    const cut = page
      .locator("[data-wire-detail]")
      .evaluate((it) => it.scrollHeight > it.offsetHeight);
    if (await cut) await has("[data-wire-detail]");
    await page.keyboard.press("Escape");
    await has("[data-wire-list]");
    await page.getByRole("tab", { name: /^Console/ }).click();
    await has("[data-console-list]");
    await page.getByRole("tab", { name: /^Problems/ }).click();
    await has("[data-problem-list]");
    const overflow = await page.evaluate(() => document.documentElement.scrollWidth);
    assert.ok(overflow <= viewport.width, `the page is ${overflow} pixels wide`);
  });
}

test("at 400 % eight lines of code are seen at once", async () => {
  const lesson = await newLesson({ width: 360, height: 225 });
  const { page } = lesson;
  await lesson.view("Code");
  await lesson.editor.waitFor();
  await page.locator(".bench-panes > .code").evaluate((it) => it.scrollIntoView({ block: "end" }));
  const seen = await page.locator("[data-editor] .cm-line").evaluateAll((all) => {
    const isSeen = (line) => {
      const { left, top, bottom } = line.getBoundingClientRect();
      const at = (y) =>
        document.elementFromPoint(left + 2, y)?.matches("[data-editor], [data-editor] *");
      return at(top + 2) && at(bottom - 2);
    };
    return all.filter(isSeen).length;
  });
  assert.ok(seen >= 8, `${seen} lines are seen`);
});

test("on a phone the editor is loaded when Code is opened, and what was chosen before is shown", async () => {
  const page = await stage.person({ viewport: PHONE });
  const asked = [];
  page.on("request", (request) => asked.push(new URL(request.url()).pathname));
  const isAsked = () => asked.some((path) => /\/editor-[^/]*\.js$/.test(path));
  const lesson = await Lesson.open(page, stage, SLUG);
  await page.evaluate(() => document.fonts.ready);
  assert.equal(isAsked(), false, "nobody has opened Code");
  await lesson.view("Preview");
  assert.equal(isAsked(), false);
  await lesson.view("Code");
  await lesson.editor.waitFor();
  assert.ok(isAsked());
  await lesson.write("index.html", "<p>Mine</p>");
  await lesson.isSaved();
  assert.deepEqual(page.faults, []);
});

test("the link at the top skips to the workbench, on a phone to its code", async () => {
  for (const viewport of [WIDE, PHONE]) {
    const { page } = await newLesson(viewport);
    await page.keyboard.press("Tab");
    await page.keyboard.press("Tab");
    await page.keyboard.press("Enter");
    await page.waitForURL("**#workbench");
    await page.locator("#workbench:focus").waitFor();
    await page.locator("[data-run]").waitFor();
    await page.keyboard.press("Tab");
    await page.locator("[data-run]:focus").waitFor();
  }
});

test("a project of one's own has the settings that are kept, and the link to the workbench", async () => {
  const project = await Playground.begin(await stage.person({ viewport: WIDE }), stage, "Empty");
  const { page } = project;
  await page.getByRole("button", { name: "The code alone" }).click();
  await page.locator(".preview").waitFor({ state: "hidden" });
  await page.reload();
  await project.ready();
  assert.equal(await page.locator(".preview").isVisible(), false);
  await page.getByRole("link", { name: "Skip to the workbench" }).waitFor({ state: "attached" });
});

test("what one has chosen to see is there after a reload, and nothing moves", async () => {
  const lesson = await newLesson();
  const { page } = lesson;
  const size = () =>
    lesson.editor.evaluate((it) => Number.parseFloat(getComputedStyle(it).fontSize));
  const first = await size();
  await page.getByRole("button", { name: "Layout", exact: true }).click();
  await page.getByLabel("Wrap long lines").check();
  await page.getByLabel("Size of the code").selectOption("150");
  assert.deepEqual(await violations(page), []);
  await page.getByRole("button", { name: "Close", exact: true }).click();
  await page.locator("[data-editor] .cm-lineWrapping").waitFor();
  await page.getByRole("separator", { name: "Width of the preview" }).press("End");
  await page.getByRole("button", { name: "The code alone" }).click();
  await page.locator(".preview").waitFor({ state: "hidden" });

  await page.addInitScript(() => {
    globalThis.shifts = [];
    const note = (list) => globalThis.shifts.push(...list.getEntries());
    new PerformanceObserver(note).observe({ type: "layout-shift", buffered: true });
  });
  await page.reload();
  await lesson.ready();
  await page.locator("[data-editor] .cm-lineWrapping").waitFor();
  assert.equal(await page.locator(".preview").isVisible(), false);
  assert.equal(await size(), 1.5 * first);
  const moved = await page.evaluate(() => globalThis.shifts.reduce((sum, it) => sum + it.value, 0));
  assert.equal(moved, 0);

  await page.getByRole("button", { name: "The code alone", pressed: true }).click();
  const line = page.getByRole("separator", { name: "Width of the preview" });
  await becomes(() => line.getAttribute("aria-valuenow"), "80");
  await page.getByRole("button", { name: "Layout", exact: true }).click();
  await page.getByRole("button", { name: "Reset to defaults" }).click();
  await page.locator("[data-editor] .cm-lineWrapping").waitFor({ state: "detached" });
  await becomes(() => line.getAttribute("aria-valuenow"), "54");
});

test("a pane made whole gives way to what is shown from elsewhere", async () => {
  const lesson = await newLesson();
  const { page } = lesson;
  await lesson.write("server.js", "export default {\n  fetch() { throw new Error('here'); },\n};");
  await lesson.start();
  await page.getByRole("button", { name: "Wire, console and problems alone" }).click();
  await lesson.consoleSays("here");
  await page.locator("[data-console-list] button.place").first().click();
  await page.locator("[data-editor] .cm-content:focus").waitFor();
  await becomes(() => page.locator(".drawer").isVisible(), false);
});

test("nonsense in the browser's storage is no setting", async () => {
  const page = await stage.person();
  await page.addInitScript(() => {
    const nonsense = { code: "-9e99", preview: "{}", size: "NaN", wrap: "1", whole: "<b>" };
    for (const [name, text] of Object.entries(nonsense))
      localStorage.setItem(`hxlab.layout.${name}`, text);
  });
  await Lesson.open(page, stage, SLUG);
  const now = (name) => page.locator(`[data-separator=${name}]`).getAttribute("aria-valuenow");
  assert.deepEqual([await now("code"), await now("preview")], ["15", "54"]);
  assert.ok(await page.locator(".drawer").isVisible());
  assert.deepEqual(page.faults, []);
});

test("Tab goes through the editor until somebody types or clicks there", async () => {
  const lesson = await newLesson();
  const { page } = lesson;
  await lesson.show("server.js");
  const text = () => lesson.editor.innerText();
  const first = await text();
  await page.locator("[data-files] [aria-selected=true]").focus();
  const goTo = async (key) => {
    while (!(await lesson.editor.evaluate((it) => it.matches(":focus"))))
      await page.keyboard.press(key);
  };
  await goTo("Tab");
  await page.keyboard.press("Tab");
  await page.locator("[data-editor] .cm-content:focus").waitFor({ state: "detached" });
  assert.equal(await text(), first, "Tab went on");
  await goTo("Shift+Tab");
  await page.keyboard.press("ArrowDown");
  await page.keyboard.press("Shift+Tab");
  assert.equal(await text(), first, "Shift+Tab went back");
  await goTo("Tab");
  await page.keyboard.type(" ");
  await page.keyboard.press("Tab");
  assert.match(await text(), /\n {3}import/, "after typing it indents");
  await lesson.editor.click();
  const typed = await text();
  await page.keyboard.press("Tab");
  assert.notEqual(await text(), typed, "after a click as well");
});
