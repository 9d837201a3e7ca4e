// The palette and the list of keys: on every page, by keyboard and by a button on a phone, with forgiving spelling.

import assert from "node:assert/strict";
import { after, afterEach, before, test } from "node:test";
import { Stage } from "./stage.js";
import { violations } from "./steps/everybody.js";
import { Lesson } from "./steps/lesson.js";

const SLUG = "a-websocket-in-html";
const PHONE = { width: 320, height: 640 };

let stage;
before(async () => (stage = await Stage.open()));
afterEach(() => stage.clear());
after(() => stage.close());

const field = (page) => page.getByRole("combobox", { name: /^Find/ });
const options = (page) => page.locator(".palette [role=option]");
const status = (page) => page.locator(".palette [role=status]");

async function ask(page, words) {
  await page.keyboard.press("ControlOrMeta+k");
  // The lessons come a moment after the commands.
  await options(page).filter({ hasText: "Lesson 13" }).waitFor();
  await field(page).fill(words);
}

test("misspelt words find a heading by a name of code, and Enter goes there", async () => {
  const page = await stage.person();
  await page.goto(stage.site);
  await ask(page, "hx tragets");
  await options(page).filter({ hasText: "hx-target" }).first().waitFor();
  await field(page).fill("leter and telefone");
  await options(page).first().filter({ hasText: "Letter and telephone" }).waitFor();
  await page.keyboard.press("Enter");
  await page.waitForURL(`**/lessons/${SLUG}#*`);
  await page.getByRole("heading", { name: "Letter and telephone" }).waitFor();
  assert.deepEqual(page.faults, []);
  assert.deepEqual(page.blocked, []);
});

test("a screen reader is told what is chosen, how much is found, and that nothing is", async () => {
  const page = await stage.person();
  await page.goto(`${stage.site}/bun`);
  await ask(page, "websocket");
  await status(page)
    .getByText(/^\d+ found/)
    .waitFor();
  const chosen = async () => {
    const id = await field(page).getAttribute("aria-activedescendant");
    return page.locator(`#${id}[aria-selected=true]`).innerText();
  };
  const first = await chosen();
  await page.keyboard.press("ArrowDown");
  assert.notEqual(await chosen(), first);
  await page.keyboard.press("ArrowUp");
  assert.equal(await chosen(), first);
  await page.keyboard.press("ArrowUp");
  assert.match(await chosen(), /^Search the lessons/, "the last one follows the first one");
  assert.deepEqual(await violations(page), []);
  await field(page).fill("zzqqzz");
  await status(page).getByText("is called “zzqqzz”").waitFor();
  await page.keyboard.press("Enter");
  await page.waitForURL("**/search?q=zzqqzz");
});

test("a command does what its button does, and the focus stays in the editor", async () => {
  const page = await stage.person();
  const lesson = await Lesson.open(page, stage, SLUG);
  await lesson.write("index.html", "<p>Mine</p>");
  await ask(page, "run");
  await options(page).first().filter({ hasText: /^Run/ }).waitFor();
  await page.keyboard.press("Enter");
  await lesson.isInState("running");
  await page.locator("[data-editor] .cm-content:focus").waitFor();
  await ask(page, "show the consol");
  await page.keyboard.press("Enter");
  await page.getByRole("tab", { name: /^Console/, selected: true }).waitFor();
  await ask(page, "theme dark");
  await page.keyboard.press("Enter");
  await page.locator("html[data-theme=dark]").waitFor();
  await page.keyboard.press("ControlOrMeta+k");
  await page.keyboard.press("ControlOrMeta+k");
  await page.locator("dialog").waitFor({ state: "detached" });
});

test("on a phone a button opens it, and a heading shows the text it is in", async () => {
  const page = await stage.person({ viewport: PHONE });
  const lesson = await Lesson.open(page, stage, SLUG);
  await lesson.view("Code");
  await page.getByRole("button", { name: "Find lessons and commands" }).click();
  await field(page).fill("telling everybody");
  await options(page).first().filter({ hasText: "Telling everybody" }).waitFor();
  assert.deepEqual(await violations(page), []);
  const overflow = await page.evaluate(() => document.documentElement.scrollWidth);
  assert.ok(overflow <= PHONE.width, `the page is ${overflow} pixels wide`);
  await options(page).first().click();
  await page.getByRole("heading", { name: "Telling everybody" }).waitFor();
});

test("a question mark shows the keys where nobody types, and can be turned off", async () => {
  const page = await stage.person();
  const lesson = await Lesson.open(page, stage, SLUG);
  const keys = page.getByRole("dialog", { name: "Keys" });
  await page.keyboard.press("?");
  await keys.getByText("run your code").waitFor();
  assert.deepEqual(await violations(page), []);
  await page.setViewportSize({ width: 320, height: 400 });
  await page.keyboard.press("Escape");
  await page.keyboard.press("?");
  await keys.getByText("run your code").waitFor();
  assert.equal(await keys.evaluate((dialog) => dialog.scrollTop), 0, "it is read from its head");
  await page.setViewportSize({ width: 1440, height: 900 });
  await page.keyboard.press("Escape");
  await keys.waitFor({ state: "detached" });

  await lesson.editor.click();
  await page.keyboard.type("?");
  await lesson.editor.getByText("?").first().waitFor();
  assert.equal(await keys.count(), 0, "it was typed");

  await ask(page, "keys");
  await page.keyboard.press("Enter");
  await keys.getByLabel(/question mark/).uncheck();
  await page.keyboard.press("Escape");
  await page.reload();
  await lesson.ready();
  await page.keyboard.press("?");
  await ask(page, "keys");
  assert.equal(await keys.count(), 0, "it is off");
});

test("without the network the page says that the palette did not come, and the next press asks again", async () => {
  const page = await stage.person();
  let isLost = true;
  await page.route(/\/(palette|keys)-\w+\.js$/, (route) =>
    isLost ? route.abort() : route.fallback(),
  );
  await page.goto(stage.site);
  for (const key of ["ControlOrMeta+k", "?"]) {
    await page.keyboard.press(key);
    await page.getByText("This could not be loaded: check the connection.").waitFor();
  }
  isLost = false;
  await page.keyboard.press("ControlOrMeta+k");
  await options(page).first().waitFor();
  await page.getByText("This could not be loaded").waitFor({ state: "detached" });
});

test("where the lessons cannot be listed, the commands are there and it is said", async () => {
  const page = await stage.person();
  await page.route("**/palette.json", (route) => route.abort());
  await page.goto(stage.site);
  await page.keyboard.press("ControlOrMeta+k");
  await status(page).getByText("The lessons cannot be listed now").waitFor();
  await field(page).fill("theme dark");
  await options(page).first().filter({ hasText: "Theme: dark" }).waitFor();
});
