// The ways back: versions of one's code that are listed, compared, restored and named; the two resets; and the solution
// that is taken over piece by piece. Nothing that was typed is lost by any of them.

import assert from "node:assert/strict";
import { after, afterEach, before, test } from "node:test";
import { Stage } from "./stage.js";
import { becomes } from "./steps/becomes.js";
import { violations } from "./steps/everybody.js";
import { Lesson } from "./steps/lesson.js";

const SLUG = "a-websocket-in-html";

let stage;
before(async () => (stage = await Stage.open()));
afterEach(() => stage.clear());
after(() => stage.close());

const newLesson = async (options) => Lesson.open(await stage.person(options), stage, SLUG);

/** Writes a file and waits until it is a version. */
async function save(lesson, file, text) {
  await lesson.write(file, text);
  await lesson.isSaved();
}

/** Waits until all of it is in sight. */
const isSeen = (text) =>
  text.evaluate(
    (it) =>
      new Promise((resolve) => {
        const observer = new IntersectionObserver(([{ intersectionRatio }]) => {
          if (intersectionRatio < 1) return;
          observer.disconnect();
          resolve();
        });
        observer.observe(it);
      }),
  );

const says = (lesson, text) => lesson.editor.getByText(text).waitFor();

test("a version is compared, restored, and the restore undone", async () => {
  const lesson = await newLesson();
  const { page } = lesson;
  const dialog = await lesson.versions();
  await dialog.getByText("No version is saved yet").waitFor();
  await dialog.getByRole("button", { name: "Close" }).click();
  await save(lesson, "style.css", "/* first */\n");
  await save(lesson, "style.css", "/* second */\n");
  await lesson.versions();
  await dialog.locator('[data-version="2"]', { hasText: "In the editor" }).waitFor();
  await becomes(() => dialog.locator("[data-version]").count(), 2);
  assert.deepEqual(await violations(page), []);
  await dialog
    .locator('[data-version="1"]')
    .getByRole("button", { name: /^Compare/ })
    .click();
  const pane = page.getByRole("region", { name: /^Version saved today/ });
  await pane.getByText("Difference 1 of 1: yours, line 1; here, line 1.").waitFor();
  await pane.getByText("first").waitFor();
  assert.deepEqual(await violations(page), []);
  await pane.getByRole("button", { name: "Restore this version" }).click();
  await says(lesson, "first");
  await lesson.isSaved();
  await becomes(() => pane.isVisible(), false);
  await lesson.notice.getByRole("button", { name: "Undo restore" }).click();
  await says(lesson, "second");
  assert.deepEqual(page.faults, []);
  assert.deepEqual(page.blocked, []);
});

test("an undo after later typing offers to compare, and what was typed stays as well", async () => {
  const lesson = await newLesson();
  const { page } = lesson;
  await save(lesson, "style.css", "/* before */\n");
  await page.getByRole("button", { name: "Reset" }).click();
  await page.getByRole("button", { name: "Reset to the starter" }).click();
  await save(lesson, "style.css", "/* since then */\n");
  await page.reload();
  await lesson.ready();
  await lesson.show("style.css");
  await lesson.notice.getByRole("button", { name: "Undo reset" }).click();
  const dialog = page.getByRole("dialog", { name: "Undo reset?" });
  await dialog.getByRole("button", { name: "Cancel" }).click();
  await says(lesson, "since then");
  await lesson.notice.getByRole("button", { name: "Undo reset" }).click();
  await dialog.getByRole("button", { name: "Compare the two" }).click();
  const pane = page.getByRole("region", { name: "Your earlier code" });
  await pane.getByText("before").waitFor();
  await says(lesson, "since then");
  await pane.getByRole("button", { name: "Bring all of it back" }).click();
  await says(lesson, "before");
  await lesson.notice.getByRole("button", { name: "Undo this" }).click();
  await says(lesson, "since then");
});

test("the last code whose server started is brought back", async () => {
  const lesson = await newLesson();
  const { page } = lesson;
  const reset = page.getByRole("button", { name: "Reset" });
  const dialog = page.getByRole("dialog", { name: "Reset your code?" });
  await reset.click();
  await dialog.getByText("No Run of your code has started yet.").waitFor();
  await page.keyboard.press("Escape");
  await lesson.write("style.css", "/* it ran */\n");
  await lesson.start();
  await lesson.write("server.js", "export default {");
  await lesson.run.click();
  await lesson.isInState("failed");
  await reset.click();
  await dialog.getByRole("button", { name: "Reset to the last good Run" }).click();
  await lesson.show("server.js");
  await says(lesson, "export default {");
  await lesson.editor.getByText("fetch").first().waitFor();
  await lesson.start();
  await lesson.versions();
  await page.locator('[data-version="3"]', { hasText: "Running" }).waitFor();
});

test("the solution is taken over piece by piece by the keyboard, with new and gone files", async () => {
  const lesson = await newLesson();
  const { page } = lesson;
  const solution = await page.evaluate(
    async (address) => (await fetch(address)).json(),
    `/lessons/${SLUG}/solution`,
  );
  await lesson.add("mine.js", "// mine\n");
  await lesson.show("goods.js");
  await page.getByRole("button", { name: "Delete this file" }).click();
  await page.getByRole("button", { name: "Solution", exact: true }).press("Enter");
  const pane = page.getByRole("region", { name: "Solution", exact: true });
  await pane.getByText("Only in the solution: goods.js. Only yours: mine.js.").waitFor();
  await pane.getByRole("button", { name: "Next difference" }).and(page.locator(":focus")).waitFor();
  await page.keyboard.press("Tab");
  const choice = pane.getByRole("combobox", { name: "File that is compared" });
  const done = pane.getByText("All files are the same as yours.");
  let pieces = 0;
  for (; !(await done.isVisible()) && pieces < 100; pieces += 1) {
    if (await pane.getByText("The same as yours.", { exact: true }).isVisible()) {
      const next = await choice.locator("option:not(:checked)").first().getAttribute("value");
      await choice.selectOption(next);
    }
    await pane.locator("[data-compare-take]").press("Enter");
  }
  assert.ok(pieces > 4, `${pieces} pieces`);
  await page.locator("[data-files]").getByRole("tab", { name: "goods.js" }).waitFor();
  await becomes(
    () => page.locator("[data-files]").getByRole("tab", { name: "mine.js" }).count(),
    0,
  );
  await lesson.start();
  const draft = await page.evaluate(async (address) => {
    const { versions } = await (await fetch(address)).json();
    return (await fetch(`${address}/${versions[0].version}`)).json();
  }, `/lessons/${SLUG}/versions`);
  assert.deepEqual(draft.files, solution.files);
  await pane.getByRole("button", { name: "Close the comparison" }).press("Enter");
  await page
    .getByRole("button", { name: "Solution", exact: true })
    .and(page.locator(":focus"))
    .waitFor();
  assert.deepEqual(page.faults, []);
});

test("a comparison opens at the first difference, and its end gives the focus back", async () => {
  const lesson = await newLesson();
  const { page } = lesson;
  const rules = Array.from({ length: 400 }, (_, at) => `/* rule ${at} */`);
  await save(lesson, "style.css", rules.join("\n"));
  await save(lesson, "style.css", rules.with(150, "/* another */").join("\n"));
  const pane = page.getByRole("region", { name: /^Version saved/ });
  // The second time the editor shows another file by then.
  for (const file of ["style.css", "server.js"]) {
    await lesson.show(file);
    const dialog = await lesson.versions();
    await dialog
      .getByRole("button", { name: /^Compare/ })
      .nth(1)
      .click();
    await isSeen(pane.getByText("/* rule 150 */"));
    await isSeen(lesson.editor.getByText("/* another */"));
    await page.keyboard.press("Escape");
    await pane.waitFor({ state: "hidden" });
    const versions = page.getByRole("button", { name: "Versions of your code" });
    await versions.and(page.locator(":focus")).waitFor();
  }
});

test("a piece that was taken over is undone as what is typed is", async () => {
  const lesson = await newLesson();
  const { page } = lesson;
  await lesson.show("chat.js");
  await page.getByRole("button", { name: "Solution", exact: true }).click();
  const words = page.locator("[data-compare-words]");
  await words.filter({ hasText: "Difference 1 of" }).waitFor();
  const whole = await words.textContent();
  await page.getByRole("button", { name: "Use this" }).click();
  await words.filter({ hasNotText: whole }).waitFor();
  await lesson.editor.focus();
  await page.keyboard.press("ControlOrMeta+z");
  await words.filter({ hasText: whole }).waitFor();
});

test("equal lines stand at one height, below a fault and while one side is scrolled", async () => {
  const lesson = await newLesson();
  const { page } = lesson;
  await lesson.show("chat.js");
  await lesson.editor.click();
  await page.keyboard.press("ControlOrMeta+Home");
  await page.keyboard.insertText("export const here = ;\n\n\n");
  await lesson.run.click();
  await lesson.editor.locator(".cm-fault").waitFor();
  await page.getByRole("button", { name: "Solution", exact: true }).click();
  await page.locator("[data-compare-editor] .cm-differs").first().waitFor();
  await page.waitForFunction(equalLinesAreLevel);
  await page.locator("[data-compare-editor] .cm-scroller").evaluate((box) => (box.scrollTop = 150));
  await page.waitForFunction(
    () =>
      document.querySelector("[data-editor]").shadowRoot.querySelector(".cm-scroller").scrollTop,
  );
  await page.waitForFunction(equalLinesAreLevel);
  await lesson.show("index.html");
  await page.waitForFunction(equalLinesAreLevel);
  await page.getByRole("button", { name: "Hide solution" }).click();
  await page.waitForFunction(
    () =>
      !document.querySelector("[data-editor]").shadowRoot.querySelector(".cm-space, .cm-differs"),
  );
});

// In the page: whether lines of the same text beside each other, of which there are some, have one height.
function equalLinesAreLevel() {
  const linesOf = (part) => {
    const lines = document.querySelector(part).shadowRoot.querySelectorAll(".cm-line");
    return [...lines].map((line) => [line.textContent, line.getBoundingClientRect().top]);
  };
  const [own, other] = [linesOf("[data-editor]"), linesOf("[data-compare-editor]")];
  const once = (lines, text) => lines.filter(([each]) => each === text).length === 1;
  const both = own.filter(([text]) => text.trim() && once(own, text) && once(other, text));
  const level = both.filter(([text, top]) => {
    const [, beside] = other.find(([each]) => each === text);
    return Math.abs(beside - top) < 2;
  });
  return level.length > 3 && level.length === both.length;
}

test("what another tab saves meanwhile is listed, and a version keeps the name that it is given", async () => {
  const lesson = await newLesson();
  const { page } = lesson;
  await save(lesson, "style.css", "/* first */\n");
  const dialog = await lesson.versions();
  await dialog.getByRole("button", { name: /^Name/ }).click();
  await dialog.getByRole("textbox", { name: /^Name of the version/ }).fill("before the rooms");
  await page.keyboard.press("Enter");
  await dialog.getByText("before the rooms").waitFor();
  await dialog.getByRole("button", { name: /^Name/ }).and(page.locator(":focus")).waitFor();

  const other = await Lesson.open(await page.context().newPage(), stage, SLUG);
  await save(other, "style.css", "/* theirs */\n");
  await dialog.locator('[data-version="2"]').waitFor();
  await dialog
    .locator('[data-version="2"]')
    .getByRole("button", { name: /^Compare/ })
    .click();
  await page
    .getByRole("region", { name: /^Version saved/ })
    .getByText("theirs")
    .waitFor();
  await page.reload();
  await lesson.ready();
  await lesson.versions();
  await dialog.locator('[data-version="1"]', { hasText: "before the rooms" }).waitFor();
});

test("what another tab saves while a name is typed takes no name away", async () => {
  const lesson = await newLesson();
  const { page } = lesson;
  await save(lesson, "style.css", "/* first */\n");
  await save(lesson, "style.css", "/* second */\n");
  const dialog = await lesson.versions();
  const row = (number) => dialog.locator(`[data-version="${number}"]`);
  const ask = (number) => row(number).getByRole("button", { name: /^Name/ }).click();
  const other = await Lesson.open(await page.context().newPage(), stage, SLUG);
  const savesElsewhere = async (text) => {
    const heard = page.waitForResponse(/\/versions$/);
    await save(other, "style.css", text);
    await (await heard).finished();
  };
  await ask(1);
  await row(1).getByRole("textbox").fill("the first one");
  await savesElsewhere("/* theirs */\n");
  await page.keyboard.press("Enter");
  await dialog.getByText("the first one").waitFor();
  await row(3).waitFor();

  await ask(2);
  await row(2).getByRole("textbox").fill("the second one");
  await row(1)
    .getByRole("button", { name: /^Compare/ })
    .focus();
  await savesElsewhere("/* theirs again */\n");
  await row(4).waitFor();
  await row(2).getByRole("button", { name: "Save the name" }).click();
  await dialog.getByText("the second one").waitFor();
  await page.reload();
  await lesson.ready();
  await lesson.versions();
  for (const name of ["the first one", "the second one"]) await dialog.getByText(name).waitFor();
  assert.deepEqual(page.faults, []);
});

test("nothing is brought back while what is in the editor cannot be saved", async () => {
  const lesson = await newLesson();
  const { page } = lesson;
  await save(lesson, "style.css", "/* before */\n");
  await page.getByRole("button", { name: "Reset" }).click();
  await page.getByRole("button", { name: "Reset to the starter" }).click();
  await lesson.isSaved();
  await page.context().setOffline(true);
  await lesson.write("style.css", "/* since then */\n");
  const undo = async () => {
    await lesson.notice.getByRole("button", { name: "Undo reset" }).click();
    await page
      .getByRole("dialog", { name: "Undo reset?" })
      .getByRole("button", { name: "Bring the earlier code back" })
      .click();
  };
  await undo();
  const refusal = lesson.notice.getByText("Nothing was replaced, because");
  await refusal.waitFor();
  await says(lesson, "since then");
  await page.context().setOffline(false);
  await undo();
  await says(lesson, "before");
  await refusal.waitFor({ state: "detached" });
  await lesson.isSaved();
  const dialog = await lesson.versions();
  // What was typed is a version between the starter and what was brought back.
  await dialog.locator('[data-version="4"]', { hasText: "In the editor" }).waitFor();
  assert.deepEqual(page.faults, []);
});

test("a restore over what another tab has saved is a choice, and loses neither", async () => {
  const lesson = await newLesson();
  const { page } = lesson;
  await save(lesson, "style.css", "/* first */\n");
  await save(lesson, "style.css", "/* second */\n");
  const other = await Lesson.open(await page.context().newPage(), stage, SLUG);
  await save(other, "style.css", "/* theirs */\n");
  const dialog = await lesson.versions();
  await dialog
    .locator('[data-version="1"]')
    .getByRole("button", { name: /^Compare/ })
    .click();
  await page.getByRole("button", { name: "Restore this version" }).click();
  const choice = page.getByRole("dialog", { name: "Which version goes on?" });
  await choice.getByRole("button", { name: "Keep what is here" }).click();
  await lesson.isSaved();
  await says(lesson, "first");
  await lesson.versions();
  await dialog.locator('[data-version="4"]', { hasText: "In the editor" }).waitFor();
  await becomes(() => dialog.locator("[data-version]").count(), 4);
});

test("more than a hundred versions come in parts", async () => {
  const lesson = await newLesson();
  const { page } = lesson;
  await save(lesson, "style.css", "/* first */\n");
  await page.evaluate(async (address) => {
    for (let version = 1; version < 130; version += 1) {
      const body = JSON.stringify({ version, files: { "server.js": `// ${version}` } });
      const headers = { "Content-Type": "application/json", Accept: "application/json" };
      await fetch(address, { method: "PUT", headers, body });
    }
  }, `/lessons/${SLUG}/draft`);
  const dialog = await lesson.versions();
  await dialog.locator('[data-version="31"]').waitFor();
  await becomes(() => dialog.locator("[data-version]").count(), 100);
  await dialog.getByRole("button", { name: "Show older versions" }).click();
  await dialog.locator('[data-version="1"]').waitFor();
  await dialog.locator('[data-version="30"] button:focus').waitFor();
  await becomes(() => dialog.locator("[data-version]").count(), 130);
  assert.equal(
    await dialog.getByRole("button", { name: "Show older versions" }).isVisible(),
    false,
  );
});

test("at 400 % the list opens at its newest version, which has the focus", async () => {
  const lesson = await newLesson({ viewport: { width: 320, height: 256 } });
  await lesson.view("Code");
  await save(lesson, "style.css", "/* first */\n");
  await save(lesson, "style.css", "/* second */\n");
  const dialog = await lesson.versions();
  await dialog.locator('[data-version="2"] [data-act=Compare]:focus').waitFor();
  const box = await dialog.locator('[data-version="2"]').boundingBox();
  assert.ok(box.y >= 0 && box.y + box.height <= 256, `it is at ${box.y}, ${box.height} high`);
});

test("without the network the list says so, and comes with the next try", async () => {
  const lesson = await newLesson();
  const { page } = lesson;
  await save(lesson, "style.css", "/* first */\n");
  await page.context().setOffline(true);
  await page.getByRole("button", { name: "Versions of your code" }).click();
  const notice = lesson.notice.filter({ hasText: "could not be loaded" });
  await notice.waitFor();
  await page.context().setOffline(false);
  await notice.getByRole("button", { name: "Try again" }).click();
  const dialog = page.getByRole("dialog", { name: "Versions of your code" });
  await dialog.locator('[data-version="1"]').waitFor();
  await page.context().setOffline(true);
  await dialog.getByRole("button", { name: /^Compare/ }).click();
  await dialog.getByText("The site cannot be reached.").waitFor();
});

test("without JavaScript a sentence says where the versions are", async () => {
  const page = await stage.person({ javaScriptEnabled: false });
  await page.goto(`${stage.site}/lessons/${SLUG}`);
  await page.getByText("Its earlier versions are in the download of").waitFor();
});
