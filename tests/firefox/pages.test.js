// The main journeys in Firefox, at names that it trusts.

import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { Lesson, press, say, says } from "./lesson.js";
import { Stage } from "./stage.js";

const SLUG = "a-websocket-in-html";

let stage;
before(async () => (stage = await Stage.open()));
after(() => stage.close());

const newLesson = async (slug = SLUG) => Lesson.open(await stage.person(), stage, slug);

test("what is typed is saved, and is there again", async () => {
  const lesson = await newLesson();
  const { page } = lesson;
  await lesson.show("index.html");
  await lesson.clickInEditor();
  await page.keyboard.type("Typed in Firefox");
  await lesson.isSaved();
  await page.reload();
  await lesson.ready();
  await lesson.show("index.html");
  await lesson.reads("Typed in Firefox");
  assert.deepEqual(page.faults, []);
});

test("a chat in the preview: its row shows what it changed, and a second browser takes part", async () => {
  const lesson = await newLesson();
  const { page } = lesson;
  await lesson.solve();
  await lesson.run();
  const preview = await lesson.preview("#say");
  await say(preview, "Hello from Alice");
  const rows = "[data-wire-list] [role=option]";
  await says(page, rows, "</b> Hello from Alice");
  // Her own message to the server, then what comes of it.
  const both = await page.$$(`${rows} ::-p-text(Hello from Alice)`);
  await both.at(-1).click();
  await says(page, "[data-wire-detail] .difference ins", "Hello from Alice");

  const bob = await stage.person();
  await bob.goto(await lesson.outside());
  await says(bob, "#log", "Hello from Alice");
  await say(bob.mainFrame(), "Hello from Bob");
  await says(preview, "#log", "Hello from Bob");
  assert.deepEqual([...page.faults, ...bob.faults], []);
});

test("the challenge is checked and passed", async () => {
  const lesson = await newLesson();
  await lesson.solve();
  await lesson.check("you have passed this challenge");
  assert.deepEqual(lesson.page.faults, []);
});

test("a question is answered: a wrong choice, a hint, the right one", async () => {
  const { page } = await newLesson();
  const question = "#question-ws-matching";
  const answer = async (choice) => {
    await page.locator(`${question} label ::-p-text(${choice})`).click();
    await page.locator(`${question}-check`).click();
  };
  await answer("Ten lines: “Hi” is added at the end.");
  await page.waitForSelector(`${question}[data-outcome=incorrect]`);
  await says(page, question, "What is the default when only the id matches?");
  await answer("One line: “Hi”.");
  await page.waitForSelector(`${question}[data-outcome=correct]`);
  await says(page, question, "Matching by id replaces");
  assert.deepEqual(page.faults, []);
});

test("an earlier version is restored", async () => {
  const lesson = await newLesson();
  const { page } = lesson;
  for (const text of ["/* first */\n", "/* second */\n"]) {
    await lesson.write("style.css", text);
    await lesson.isSaved();
  }
  await page.locator("[data-versions]").click();
  await page.locator('[data-version="1"] button ::-p-text(Compare)').click();
  await press(page, "Restore this version");
  await lesson.reads("/* first */");
  assert.deepEqual(page.faults, []);
});

test("a project of one's own is shared, and somebody else runs it", async () => {
  const page = await stage.person();
  await page.goto(`${stage.site}/play`);
  await Promise.all([page.waitForNavigation(), press(page, "A chat by WebSocket")]);
  const project = new Lesson(page, stage, "/play");
  await project.ready();
  const shared = page.waitForNavigation();
  await press(page, "Share what is here now");
  await shared;
  assert.match(page.url(), /\/play\/[a-z2-7]{26}$/);

  const other = await stage.person();
  await other.goto(page.url());
  await other.locator("button ::-p-text(Run)").click();
  const frame = await other.waitForSelector("iframe");
  const chat = await frame.contentFrame();
  await chat.waitForSelector("form button");
  assert.deepEqual([...page.faults, ...other.faults], []);
});

test("the keyboard alone comes to the editor, runs and leaves it", async () => {
  const lesson = await newLesson();
  const { page } = lesson;
  let presses = 0;
  for (; presses < 150 && !(await lesson.isInEditor()); presses += 1)
    await page.keyboard.press("Tab");
  assert.ok(presses < 150, "Tab comes to the editor");
  await page.keyboard.down("Shift");
  await page.keyboard.press("Enter");
  await page.keyboard.up("Shift");
  await lesson.isInState("running");
  await page.keyboard.press("Escape");
  await page.keyboard.press("Tab");
  assert.equal(await lesson.isInEditor(), false);
});

// Firefox gives all pages below one registered name one process (README, “Serve a class in one room”).
test("a page that loops stops the lesson, which does not show it again until it is mended", async () => {
  const context = await stage.browser.createBrowserContext();
  const stopped = await Stage.tab(context);
  const first = await Lesson.open(stopped, stage, SLUG);
  // It answers for a while; what it asks for in its loop is answered once it has stopped the lesson for some seconds.
  const loop = `setTimeout(() => {
    const end = Date.now() + 4000;
    while (Date.now() < end);
    const last = new XMLHttpRequest();
    last.open("GET", "/last", false);
    last.send();
    for (;;);
  }, 2000);`;
  await first.write("index.html", `<!doctype html><p id="mine">mine</p><script>${loop}</script>`);
  const looping = stopped.waitForResponse((response) => response.url().endsWith("/last"));
  await stopped.locator("[data-run]").click();
  await looping;
  await stopped.close();

  const page = await Stage.tab(context);
  const lesson = await Lesson.open(page, stage, SLUG);
  await lesson.isInState("running");
  await says(page, "body", "Your page did not answer last time, so it is not shown");
  assert.equal(await page.$("iframe"), null);
  await lesson.write("index.html", `<!doctype html><p id="mended">mended</p>`);
  await page.locator("[data-run]").click();
  await lesson.preview("#mended");
});
