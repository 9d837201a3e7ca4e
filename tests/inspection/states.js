// The main states of the site's pages, each brought about as a person would: what they look like, and whether their
// markup is sound, is inspected in each.

import { Lesson } from "../browser/steps/lesson.js";

const SLUG = "a-websocket-in-html";
const NARROW = 1024;

const visit = (address) => async (page, stage) => {
  await page.goto(stage.site + address);
};

const lesson =
  (act = async () => {}) =>
  async (page, stage) => {
    const it = await Lesson.open(page, stage, SLUG);
    // A part that a narrow screen has to open.
    const see = async (name) => {
      if (page.viewportSize().width < NARROW) await it.view(name);
    };
    await act(it, see);
  };

/** By their names; each takes a page of somebody new and the stage. */
export const STATES = {
  course: visit("/"),
  "search with results": visit("/search?q=server"),
  "search without results": visit("/search?q=zzqqzz"),
  "not there": visit("/none"),
  "differences from Bun": visit("/bun"),
  "about me": visit("/me"),
  review: visit("/review"),
  recovery: visit("/recover"),
  lesson: lesson(),
  "an answered question": lesson(async ({ page }) => {
    const question = page
      .locator(".question")
      .filter({ has: page.locator("[type=radio]") })
      .first();
    await question.locator("[type=radio]").first().check();
    await question.locator("button[id$=-check]").click();
    await question.locator(".verdict").waitFor();
    await question.scrollIntoViewIfNeeded();
  }),
  running: lesson(async (it, see) => {
    await see("Code");
    await it.start();
    await see("Preview");
    await it.preview.locator("#say").waitFor();
  }),
  "a row of the wire": lesson(async (it, see) => {
    await see("Code");
    await it.start();
    await see("Wire");
    await it.wireRow("/chat").first().click();
  }),
  "a server that does not start": lesson(async (it, see) => {
    await see("Code");
    await it.write("server.js", "export default {");
    await it.run.click();
    await it.isInState("failed");
    await see("Wire");
    await it.page.getByRole("tab", { name: /^Problems/ }).click();
  }),
  solution: lesson(async (it, see) => {
    await see("Code");
    await it.page.locator("[data-solution]").click();
    await it.page.locator("[data-compare-editor] .cm-content").waitFor();
  }),
  "failed checks": lesson(async (it) => {
    await it.check();
    await it.page.locator("[data-check][data-state=failed] iframe").first().waitFor();
    await it.page.locator("[data-check][data-state=failed]").first().scrollIntoViewIfNeeded();
  }),
  palette: lesson(async ({ page }) => {
    await page.keyboard.press("ControlOrMeta+k");
    await page.getByRole("combobox").fill("hx tragets");
    await page
      .getByRole("option", { name: /hx-target/i })
      .first()
      .waitFor();
  }),
  keys: lesson(async ({ page }) => {
    await page.keyboard.press("?");
    await page.getByRole("heading", { name: "Keys" }).waitFor();
  }),
  view: lesson(async (it, see) => {
    await see("Code");
    await it.page.getByRole("button", { name: "View", exact: true }).click();
    await it.page.getByLabel("Wrap long lines").waitFor();
  }),
};
