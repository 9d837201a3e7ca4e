// The steps of a lesson: put in or typed, noticed by what the learner's server does, kept.

import assert from "node:assert/strict";
import { after, afterEach, before, test } from "node:test";
import { Stage } from "./stage.js";
import { violations } from "./steps/everybody.js";
import { Lesson } from "./steps/lesson.js";
import { Step } from "./steps/step.js";

const COURSE = new URL("../fixtures/course-steps", import.meta.url).pathname;
const SLUG = "four-steps";

let stage;
before(async () => (stage = await Stage.open("--lessons", COURSE)));
afterEach(() => stage.clear());
after(() => stage.close());

async function open(options) {
  const lesson = await Lesson.open(await stage.person(options), stage, SLUG);
  const steps = {};
  for (const id of ["heading", "look", "colour", "greet"]) steps[id] = new Step(lesson, id);
  return { lesson, page: lesson.page, steps };
}

/** Collects what is read out in the workbench, from now on. */
async function listen(page) {
  await page.evaluate(() => {
    globalThis.heard = [];
    for (const status of document.querySelectorAll("[role=status]")) {
      const watcher = new MutationObserver(() => {
        if (status.textContent.trim()) globalThis.heard.push(status.textContent.trim());
      });
      watcher.observe(status, { childList: true, characterData: true, subtree: true });
    }
  });
  return async (pattern) => {
    const heard = await page.evaluate(() => globalThis.heard);
    return heard.filter((words) => pattern.test(words));
  };
}

const textOf = (lesson, file) =>
  lesson.page.evaluate(async (name) => {
    const all = await (await fetch(`${location.pathname}/versions`)).json();
    const newest = Math.max(...all.versions.map(({ version }) => version));
    const { files } = await (await fetch(`${location.pathname}/versions/${newest}`)).json();
    return files[name];
  }, file);

test("a step that is put in and run ticks itself, is read out once, and stays ticked", async () => {
  const { lesson, page, steps } = await open();
  const { heading } = steps;
  assert.match(await heading.box.innerText(), /Step 1 of 4/);
  const heard = await listen(page);
  const top = () => heading.box.evaluate((box) => box.getBoundingClientRect().top);
  const height = await heading.tick.evaluate((tick) => tick.offsetHeight);
  await heading.putIn();
  await heading.says("Step 1 is in index.html, line 9. Now press Run.");
  await lesson.editor.getByText("<h1>First</h1>").waitFor();
  assert.equal(await page.locator(".cm-put").count(), 1);
  assert.equal(await heading.isOpen(), true, "nothing has happened yet");
  const place = await top();
  await lesson.start();
  await heading.isDone();
  assert.equal(await top(), place, "the page has not moved");
  assert.equal(await heading.tick.evaluate((tick) => tick.offsetHeight), height);
  await page.locator("#standing").filter({ hasText: "1 of 4 steps" }).waitFor();
  await page.waitForTimeout(500);
  assert.deepEqual(await heard(/is done/), ["Step 1 of 4 is done."]);
  assert.equal(await steps.greet.isOpen(), true);

  await page.reload();
  await lesson.ready();
  await heading.isDone();
  await page.locator("#standing").filter({ hasText: "1 of 4 steps" }).waitFor();
  const again = await listen(page);
  await lesson.write("index.html", "<h1>None</h1>");
  await lesson.start();
  await page.waitForTimeout(1000);
  await heading.isDone();
  assert.deepEqual(await again(/is done/), [], "it is not told anew");
  await page.goto(stage.site);
  await page.getByText("1 of 4 steps").first().waitFor();
  assert.deepEqual([page.faults, page.blocked], [[], []]);
});

test("what is typed in another way counts as well", async () => {
  const { lesson, steps } = await open();
  await lesson.write(
    "server.js",
    'export default { routes: { "/": new Response("<h1>First</h1>") }, fetch() {} };\n',
  );
  await lesson.start();
  await steps.heading.isDone();
});

test("a step is noticed in what a story of several deeds leaves on the wire", async () => {
  const { lesson, steps } = await open();
  await steps.greet.putIn();
  await lesson.start();
  const greet = lesson.preview.getByRole("button", { name: "Greet" });
  assert.equal(await steps.greet.isOpen(), true);
  await lesson.clickThere(greet);
  await steps.greet.isDone();
});

test("several steps that are done at once are read out together", async () => {
  const { lesson, page, steps } = await open();
  await steps.heading.putIn();
  await steps.colour.putIn();
  await lesson.isSaved();
  const address = await lesson.outside();
  await page.goto(stage.site);
  // Nobody looks on meanwhile.
  const bob = await stage.person();
  await bob.goto(address);
  await page.addInitScript(() => {
    globalThis.heard = [];
    const hear = (records) => {
      for (const { target } of records) {
        const words = target.closest?.("[role=status]")?.textContent.trim();
        if (words) globalThis.heard.push(words);
      }
    };
    new MutationObserver(hear).observe(document, { subtree: true, childList: true });
  });
  await page.goto(`${stage.site}/lessons/${SLUG}`);
  await steps.heading.isDone();
  await steps.colour.isDone();
  await page.waitForTimeout(1500);
  const heard = await page.evaluate(() => globalThis.heard.filter((words) => /done/.test(words)));
  assert.deepEqual(heard, ["Steps 1 and 3 of 4 are done."]);
});

test("what is done in one tab is ticked in the other", async () => {
  const { lesson, page, steps } = await open();
  const other = await page.context().newPage();
  await other.goto(page.url());
  await other.locator(".workbench[data-ready]").waitFor({ state: "attached" });
  const there = (id) => other.locator(`[data-lesson-step="${id}"] [data-tick][data-done]`);
  await steps.heading.putIn();
  await lesson.start();
  await steps.heading.isDone();
  await other.reload();
  await there("heading").waitFor();
  await steps.look.box.getByRole("button", { name: "Done" }).click();
  await there("look").waitFor();
  await other.locator("#standing").filter({ hasText: "2 of 4 steps" }).waitFor();
});

test("a new file is put in with what loads it, as one change, and taken out again", async () => {
  const { lesson, page, steps } = await open();
  await steps.colour.putIn();
  await steps.colour.says("Step 3 is in style.css, line 1, and in index.html. Now press Run.");
  assert.equal(
    await page.locator("[data-files] [aria-selected=true]").getAttribute("data-name"),
    "style.css",
  );
  await lesson.isSaved();
  assert.equal(await textOf(lesson, "style.css"), "h1 {\n  color: teal;\n}\n");
  assert.match(await textOf(lesson, "index.html"), /<link rel="stylesheet" href="\/style.css" \/>/);
  await lesson.notice.getByRole("button", { name: "Take it out again" }).click();
  await steps.colour.says("It is taken out again.");
  await lesson.isSaved();
  assert.equal(await textOf(lesson, "style.css"), undefined);
  assert.doesNotMatch(await textOf(lesson, "index.html"), /stylesheet/);
});

test("the editor's own undo takes a step back, and it can be put in again", async () => {
  const { lesson, page, steps } = await open();
  await steps.heading.putIn();
  await lesson.editor.getByText("<h1>First</h1>").waitFor();
  await lesson.editor.click();
  await page.keyboard.press("ControlOrMeta+z");
  await lesson.editor.getByText("<h1>None</h1>").waitFor();
  await steps.heading.putIn();
  await lesson.editor.getByText("<h1>First</h1>").waitFor();
  await steps.heading.putIn();
  await steps.heading.says("It is there already: index.html, line 8. Nothing is changed.");
});

test("where it cannot be put in, it says why and changes nothing", async () => {
  const { lesson, page, steps } = await open();
  await lesson.write("index.html", "<h1>Mine</h1>\n");
  await lesson.isSaved();
  await steps.heading.putIn();
  await steps.heading.says("Nothing is changed: “<body>” is not in index.html.");
  await steps.colour.putIn();
  await steps.colour.says("Nothing is changed: “<title>Steps</title>” is not in index.html.");
  assert.equal(await page.locator('[data-files] [data-name="style.css"]').count(), 0, "nor half");
  await lesson.editor.getByText("<h1>Mine</h1>").waitFor();
  await lesson.show("server.js");
  await page.getByRole("button", { name: "Delete this file" }).click();
  await steps.greet.putIn();
  await steps.greet.says("your project has no file server.js");
  await lesson.add("style.css", "/* mine */\n");
  await steps.colour.putIn();
  await steps.colour.says("there is a file style.css already, with another text");
  await lesson.isSaved();
  assert.equal(await textOf(lesson, "style.css"), "/* mine */\n");
});

test("what was typed since stays when a step is taken out", async () => {
  const { lesson, steps } = await open();
  await steps.heading.putIn();
  await lesson.write("index.html", "<h1>Mine</h1>\n");
  await lesson.notice.getByRole("button", { name: "Take it out again" }).click();
  await steps.heading.says("Nothing is taken out, because these lines were changed since");
  await lesson.editor.getByText("<h1>Mine</h1>").waitFor();
});

test("the new lines can be copied", async () => {
  const { page, steps } = await open();
  await page.context().grantPermissions(["clipboard-read", "clipboard-write"]);
  await steps.greet.box.getByRole("button", { name: "Copy the new lines" }).click();
  await steps.greet.says("The new lines are copied.");
  const copied = await page.evaluate(() => navigator.clipboard.readText());
  assert.equal(copied, '    "/hello": () => new Response("Hello, you"),\n');
});

test("a step without a claim is ticked by hand, by keyboard, and by somebody new", async () => {
  const { lesson, page, steps } = await open();
  const heard = await listen(page);
  await steps.look.box.getByRole("button", { name: "Done" }).focus();
  await page.keyboard.press("Enter");
  await steps.look.isDone();
  // The keyboard goes on from there.
  await steps.look.box.locator("[data-tick]:focus").waitFor();
  await page.locator("#standing").filter({ hasText: "1 of 4 steps" }).waitFor();
  await page.waitForTimeout(300);
  assert.deepEqual(await heard(/is done/), ["Step 2 of 4 is done."]);
  await page.reload();
  await lesson.ready();
  await steps.look.isDone();
  assert.equal(await steps.look.box.getByRole("button", { name: "Done" }).count(), 0);
});

test("on a phone a step is put in, run and ticked, in both themes, and nothing is too wide", async () => {
  for (const colorScheme of ["light", "dark"]) {
    const viewport = { width: 320, height: 640 };
    const { lesson, page, steps } = await open({ viewport, colorScheme });
    assert.deepEqual(await violations(page), []);
    const wider = () =>
      page.evaluate(
        () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
      );
    assert.equal(await wider(), 0);
    await steps.greet.putIn();
    await lesson.editor.getByText("Hello, you").waitFor();
    const focused = page.locator("[data-files] [aria-selected=true]:focus");
    await focused.waitFor();
    await lesson.start();
    await lesson.view("Preview");
    await lesson.clickThere(lesson.preview.getByRole("button", { name: "Greet" }));
    await lesson.view("Read");
    await steps.greet.isDone();
    await steps.greet.says("Step 4 is in server.js, line 4.");
    assert.equal(await wider(), 0);
    assert.deepEqual(await violations(page), []);
  }
});

test("without JavaScript a step is its text and its difference, and can be ticked by hand", async () => {
  const page = await stage.person({ javaScriptEnabled: false });
  await page.goto(`${stage.site}/lessons/${SLUG}`);
  const heading = page.locator('[data-lesson-step="heading"]');
  const shown = await heading.innerText();
  assert.match(shown, /Say in the page's heading that this is the first step\./);
  assert.match(shown, /− {5}<h1>None<\/h1>\n\+ {5}<h1>First<\/h1>/);
  assert.equal(await heading.getByRole("button").count(), 0);
  assert.doesNotMatch(shown, /Not done yet/);
  const look = page.locator('[data-lesson-step="look"]');
  await look.getByRole("button", { name: "Done" }).click();
  assert.match(page.url(), /#lesson-step-look$/);
  await look.locator("[data-tick][data-done]").waitFor();
});

test("a tick is shown though the standing does not come", async () => {
  const { lesson, page, steps } = await open();
  await steps.heading.putIn();
  await page.route("**/standing", (route) => route.abort());
  await lesson.start();
  await steps.heading.isDone();
  assert.deepEqual(page.faults, []);
});
