// Checks that get into trouble: each ends in its time with a sentence, and holds neither the others nor the
// lesson's page.

import assert from "node:assert/strict";
import { after, afterEach, before, test } from "node:test";
import { Stage } from "./stage.js";
import { Lesson } from "./steps/lesson.js";

const COURSE = "tests/fixtures/course-challenges";

let stage;
before(async () => (stage = await Stage.open("--lessons", COURSE)));
afterEach(() => stage.clear());
after(() => stage.close());

const FOUND = {
  "page-loops": "it did not come to its end. Is there an endless loop in a script?",
  "click-loops": "Is there an endless loop in a script?",
  "never-settles": "it was not done after 5 seconds",
  "story-loops": "it was not done after 5 seconds; the last that it asked for was text of Alice",
  "element-missing": "there are these instead: “Stop”",
  "value-differs": "it is “one”",
  "not-html": "what was loaded is no HTML page",
  // How soon it is ended depends on the machine.
  "server-loops": "",
};

test("each trouble has its sentence, and the checks after it go on", async () => {
  const page = await stage.person();
  const lesson = await Lesson.open(page, stage, "troubles");
  const isLive = watchPage(page);
  await lesson.check();
  await lesson.isCheck("asks", "passed");
  await lesson.isCheck("last", "passed");
  const told = {};
  for (const id of Object.keys(FOUND)) {
    await lesson.isCheck(id, "failed");
    const item = lesson.checkItem(id);
    told[id] = await item.locator("[data-found]").textContent();
    assert.notEqual(await item.locator("[data-expected]").textContent(), "", id);
  }
  for (const [id, words] of Object.entries(FOUND)) {
    assert.ok(told[id].includes(words), `${id}: ${told[id]}`);
  }
  assert.equal(await isLive(), true, "the lesson's page was never frozen");

  await lesson.write("works.js", 'export const broken = "story-throws";');
  await lesson.check();
  const thrown = lesson.checkItem("story-throws").locator("[data-found]");
  await thrown.filter({ hasText: "Error: thrown by the story (checks.js, line" }).waitFor();
});

// Whether the page's own script ran on all the time, however late: a frozen one has a gap as long as the loop.
function watchPage(page) {
  const watch = page.evaluate(() => {
    window.longest = 0;
    let last = performance.now();
    setInterval(() => {
      const now = performance.now();
      window.longest = Math.max(window.longest, now - last);
      last = now;
    }, 50);
  });
  return async () => {
    await watch;
    return (await page.evaluate(() => window.longest)) < 3000;
  };
}

test("an endless loop in the preview's page does not freeze the lesson", async () => {
  const page = await stage.person();
  const lesson = await Lesson.open(page, stage, "troubles");
  await lesson.start();
  await lesson.goTo("/page-loops");
  await page.waitForTimeout(500);
  await lesson.write("works.js", "export const broken = '';");
  await lesson.isSaved();
});

test("checks that cannot be read are told in the page, and the code is saved all the same", async () => {
  const wrong = await Stage.open("--lessons", "tests/fixtures/course-checks-wrong");
  try {
    const page = await wrong.person();
    const lesson = await Lesson.open(page, wrong, "wrong");
    await lesson.challengeSays("These checks cannot be run: checks.js:3: “one” has 0 seconds");
    assert.equal(await page.locator("[data-challenge-start]").count(), 0);
    await lesson.write("server.js", "// mine");
    await lesson.isSaved();
    await page.reload();
    await lesson.ready();
    await lesson.editor.getByText("// mine").waitFor();
    assert.deepEqual(page.faults, []);
  } finally {
    await wrong.close();
  }
});
