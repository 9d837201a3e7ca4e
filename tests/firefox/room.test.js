// How one sees the workbench, in Firefox: lines between panes, a pane made whole, wrapped lines and the size of the code
// are remembered; what opens over the page; and where Tab goes.

import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { Lesson, press, says } from "./lesson.js";
import { Stage } from "./stage.js";

let stage;
before(async () => (stage = await Stage.open()));
after(() => stage.close());

const newLesson = async () => Lesson.open(await stage.person(), stage, "a-websocket-in-html");

const lineOf = (name) => `[data-separator=${name}]`;
const valueOf = (page, name) =>
  page.$eval(lineOf(name), (line) => Number(line.getAttribute("aria-valuenow")));

async function middleOf(page, selector) {
  const line = await page.$(selector);
  const { x, y, width, height } = await line.boundingBox();
  return { x: x + width / 2, y: y + height / 2 };
}

test("the lines between the panes move by pointer and by keys, and stay there after a reload", async () => {
  const lesson = await newLesson();
  const { page } = lesson;
  const places = {};
  for (const [name, key] of Object.entries({ code: "ArrowDown", preview: "ArrowRight" })) {
    const first = await valueOf(page, name);
    await page.focus(lineOf(name));
    await page.keyboard.press(key);
    const moved = await valueOf(page, name);
    assert.ok(moved > first, `${name}: ${key}`);
    const { x, y } = await middleOf(page, lineOf(name));
    await page.mouse.move(x, y);
    await page.mouse.down();
    await page.mouse.move(x - 150, y - 150, { steps: 5 });
    await page.mouse.up();
    places[name] = await valueOf(page, name);
    assert.ok(places[name] < first, `${name} is dragged`);
  }
  await page.reload();
  await lesson.ready();
  for (const [name, place] of Object.entries(places)) {
    assert.equal(await valueOf(page, name), place, name);
  }
  assert.deepEqual(page.faults, []);
});

test("a pane made whole, wrapped lines and the size of the code are there after a reload", async () => {
  const lesson = await newLesson();
  const { page } = lesson;
  const size = () =>
    page.$eval("[data-editor] >>> .cm-content", (it) =>
      Number.parseFloat(getComputedStyle(it).fontSize),
    );
  await page.waitForSelector("[data-editor] >>> .cm-content");
  const first = await size();
  await press(page, "Layout");
  await page.locator("#bench-layout-wrap").click();
  await page.select("#bench-layout-size", "150");
  await page.locator("dialog ::-p-text(Close)").click();
  await press(page, "The code alone");
  await page.waitForSelector(".preview", { hidden: true });
  await page.reload();
  await lesson.ready();
  await page.waitForSelector("[data-editor] >>> .cm-lineWrapping");
  await page.waitForSelector(".preview", { hidden: true });
  assert.equal(await size(), 1.5 * first);
  await press(page, "The code alone");
  await page.waitForSelector(".preview", { visible: true });
  assert.deepEqual(page.faults, []);
});

test("Tab goes through the editor until somebody types there", async () => {
  const lesson = await newLesson();
  const { page } = lesson;
  await page.focus("[data-files] [aria-selected=true]");
  const goTo = async () => {
    for (let presses = 0; presses < 20 && !(await lesson.isInEditor()); presses += 1)
      await page.keyboard.press("Tab");
  };
  await goTo();
  assert.equal(await lesson.isInEditor(), true);
  await page.keyboard.press("Tab");
  assert.equal(await lesson.isInEditor(), false, "Tab goes on");
  await lesson.clickInEditor();
  await page.keyboard.type("mine");
  await page.keyboard.press("Tab");
  assert.equal(await lesson.isInEditor(), true, "Tab indents");
  await page.keyboard.press("Escape");
  await page.keyboard.press("Tab");
  assert.equal(await lesson.isInEditor(), false, "Escape leaves");
});

test("a link skips to the workbench, `?` shows the keys, Ctrl+K finds what is misspelt", async () => {
  const lesson = await newLesson();
  const { page } = lesson;
  const focused = () => page.evaluate(() => document.activeElement.textContent.trim());
  await page.keyboard.press("Tab");
  await page.keyboard.press("Tab");
  assert.equal(await focused(), "Skip to the workbench");
  await page.keyboard.press("Enter");
  await page.waitForFunction(() => location.hash === "#workbench");
  await page.keyboard.press("Tab");
  const isInBench = await page.evaluate(
    () => document.activeElement.closest("#workbench") !== null,
  );
  assert.equal(isInBench, true, "the next Tab is in the workbench");

  await page.keyboard.press("?");
  await says(page, "dialog h2", "Keys");
  await page.keyboard.press("Escape");
  await page.waitForSelector("dialog", { hidden: true });

  await page.keyboard.down("Control");
  await page.keyboard.press("k");
  await page.keyboard.up("Control");
  await page.waitForSelector("dialog [role=combobox]");
  await page.keyboard.type("hx tragets");
  await says(page, "dialog [role=option]", "hx-target");
  await page.keyboard.press("Escape");
  await page.waitForSelector("dialog", { hidden: true });
  assert.deepEqual(page.faults, []);
});
