// The reading pages: the course with its path, search, faults; and that each page is for everybody and
// asks nobody else for anything.

import assert from "node:assert/strict";
import { readdir } from "node:fs/promises";
import { after, afterEach, before, test } from "node:test";
import { Stage } from "./stage.js";
import { violations } from "./steps/everybody.js";
import { Lesson } from "./steps/lesson.js";

const WIDE = { width: 1440, height: 900 };
const NARROW = { width: 375, height: 740 };
const SLUG = "a-websocket-in-html";
const PAGES = {
  course: "/",
  "search before a word": "/search",
  "search with results": "/search?q=server",
  "search without results": "/search?q=zzqqzz",
  "a lesson that is not there": "/lessons/none",
  "a page that is not there": "/none",
  "what differs from Bun": "/bun",
};

let stage;
before(async () => (stage = await Stage.open()));
afterEach(() => stage.clear());
after(() => stage.close());

async function isForEverybody(page, name) {
  assert.deepEqual(await violations(page), [], name);
  const wider = await page.evaluate(
    () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
  );
  assert.equal(wider, 0, `${name} is ${wider}px wider than the screen`);
}

for (const [size, viewport] of Object.entries({ wide: WIDE, narrow: NARROW })) {
  for (const colorScheme of ["light", "dark"]) {
    test(`the reading pages are for everybody, ${size} and ${colorScheme}`, async () => {
      const page = await stage.person({ viewport, colorScheme });
      for (const [name, address] of Object.entries(PAGES)) {
        await page.goto(stage.site + address);
        await isForEverybody(page, name);
      }
      assert.deepEqual(page.strangers, []);
      assert.deepEqual(page.faults, []);
    });

    test(`a lesson is for everybody, ${size} and ${colorScheme}`, async () => {
      const page = await stage.person({ viewport, colorScheme });
      const lesson = await Lesson.open(page, stage, SLUG);
      await isForEverybody(page, "before the first Run");
      if (size === "narrow") await lesson.view("Code");
      await lesson.start();
      if (size === "narrow") await lesson.view("Wire");
      await lesson.wireRow("/chat").first().click();
      await page.getByRole("button", { name: "Edit and repeat" }).waitFor();
      await isForEverybody(page, "with a row of the wire");
      await page.getByRole("button", { name: "Send something" }).click();
      await page.getByRole("dialog", { name: "Send something" }).waitFor();
      await isForEverybody(page, "with the composer");
      await page.keyboard.press("Escape");
      await page.getByRole("tab", { name: /^Console/ }).click();
      await isForEverybody(page, "with the console");
      if (size === "narrow") await lesson.view("Code");
      await page.locator("[data-solution]").click();
      await page.locator("[data-compare-editor]").getByText("doctype").waitFor();
      await isForEverybody(page, "with the solution");
      assert.deepEqual(page.strangers, []);
      assert.deepEqual(page.faults, []);
      assert.deepEqual(page.blocked, []);
    });
  }
}

test("what differs from Bun is read without JavaScript, on a narrow screen, from a lesson", async () => {
  const page = await stage.person({
    viewport: { width: 320, height: 640 },
    javaScriptEnabled: false,
  });
  await page.goto(`${stage.site}/lessons/${SLUG}`);
  await page.getByRole("link", { name: "What differs from Bun" }).click();
  await page.getByRole("heading", { level: 1, name: "What differs from Bun" }).waitFor();
  const missing = page.getByRole("region", { name: "Not here: Modules" });
  const row = missing.locator("dl > div", { hasText: "node:fs" });
  assert.match(await row.innerText(), /a sandbox has no disk/i);
  const limits = page.getByRole("region", { name: "Limits", exact: true });
  assert.match(await limits.innerText(), /longer than \d+ m?s.*limit “turn”/);
  await page.getByRole("link", { name: "Not here: Globals" }).click();
  assert.match(page.url(), /\/bun#globals$/);
  const box = await page.locator("main").boundingBox();
  assert.ok(box.width <= 320, `${box.width}px wide`);
});

test("the path leads to each lesson, and back", async () => {
  const page = await stage.person();
  await page.goto(stage.site);
  const units = await readdir("lessons", { recursive: true });
  const lessons = units.filter((path) => path.endsWith("/index.md"));
  assert.equal(await page.locator(".path-wide a.station").count(), lessons.length);
  await page.locator('.path-wide a.station[href$="/server-sent-events"]').click();
  await page.waitForURL("**/lessons/server-sent-events");
  const back = async () => {
    await page.locator(".lesson-head .kicker a").click();
    await page.getByRole("heading", { name: "The path" }).waitFor();
  };
  const started = page.locator(".path-wide a[data-state=started]");
  await back();
  assert.equal(await started.count(), 0, "of somebody who only reads nothing is kept");
  await (await Lesson.open(page, stage, "server-sent-events")).start();
  await back();
  await started.waitFor();
});

test("search answers while typing, by a form, and leads to the place", async () => {
  const page = await stage.person();
  await page.goto(`${stage.site}/search`);
  await page.getByLabel("Words in the lessons").fill("hx-swap-oob");
  const first = page.locator("#results ol a").first();
  await first.waitFor();
  await page.waitForURL("**/search?*q=hx-swap-oob*");
  const goal = new URL(await first.getAttribute("href"), stage.site);
  await first.click();
  await page.waitForURL(goal.href);
  if (goal.hash) assert.equal(await page.locator(goal.hash).count(), 1);

  const reader = await stage.person({ javaScriptEnabled: false });
  await reader.goto(stage.site);
  await reader.getByRole("searchbox").fill("zzqqzz");
  await reader.keyboard.press("Enter");
  await reader.getByText("Nothing in the lessons matches").waitFor();
});

test("the theme that is chosen stays, with and without JavaScript", async () => {
  for (const javaScriptEnabled of [true, false]) {
    const page = await stage.person({ javaScriptEnabled, colorScheme: "light" });
    await page.goto(stage.site);
    const ink = () => page.evaluate(() => getComputedStyle(document.body).color);
    const light = javaScriptEnabled ? await ink() : null;
    const kept = page.waitForResponse((response) => response.url().endsWith("/theme"));
    await page.getByRole("button", { name: /dark/i }).click();
    await kept;
    await page.goto(`${stage.site}/search`);
    assert.equal(await page.locator("html").getAttribute("data-theme"), "dark");
    if (light) assert.notEqual(await ink(), light);
  }
});

test("the lesson is read without JavaScript, its code included", async () => {
  const page = await stage.person({ javaScriptEnabled: false });
  await page.goto(`${stage.site}/lessons/${SLUG}`);
  await page.getByRole("heading", { level: 1 }).waitFor();
  await page.getByText("turn on JavaScript").waitFor();
  await page.locator("[data-source='server.js'] pre").waitFor();
  assert.equal(await page.locator("[data-run]").isVisible(), false);
});
