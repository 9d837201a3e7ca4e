// The lesson on CSRF: Mallory's page, opened from the preview, attacks the learner's own sandbox from
// another origin. The starter lets it, the solution does not.

import assert from "node:assert/strict";
import { after, afterEach, before, test } from "node:test";
import { Stage } from "./stage.js";
import { becomes } from "./steps/becomes.js";
import { Lesson } from "./steps/lesson.js";

let stage;
before(async () => (stage = await Stage.open()));
afterEach(() => stage.clear());
after(() => stage.close());

/** Signs in, follows the advertisement, and says what came of it. */
async function lured(page, lobby) {
  await lobby.locator("#account [name=name]").fill("Ada");
  await lobby.getByRole("button", { name: "Sign in" }).click();
  await lobby.locator("#account").getByText("10 stamps").waitFor();
  const opened = page.context().waitForEvent("page");
  await lobby.getByRole("link", { name: "Free oolong for every member!" }).click();
  const tab = await opened;
  const line = tab.locator("#line").filter({ hasNotText: "…" });
  await line.waitFor();
  const found = { host: new URL(tab.url()).host, line: await line.textContent() };
  await tab.close();
  return found;
}

test("the hostile page spends the learner's stamps and speaks in their name, until it is refused", async () => {
  const page = await stage.person();
  const lesson = await Lesson.open(page, stage, "csrf");
  await lesson.start();
  const lobby = lesson.preview;
  const home = new URL(await lesson.outside()).host;

  const first = await lured(page, lobby);
  assert.equal(first.host, home.replace(".", "--mallory."));
  assert.match(first.line, /in your name/);
  await lobby.locator("#account").getByText("5 stamps").waitFor();
  await lobby.locator("#log").getByText("Ada I got free oolong!").waitFor();

  await lesson.solve();
  await lesson.run.click();
  await lobby.locator("#account [name=csrf]").first().waitFor({ state: "attached" });
  const second = await lured(page, lobby);
  assert.match(second.line, /was refused/);
  await lesson.wireRow(/POST\s*\/gifts\s*403/).waitFor();
  await lesson.press("reload");
  await lobby.locator("#account").getByText("10 stamps").waitFor();
  await becomes(() => lobby.locator("#log li").count(), 0);
  assert.deepEqual([page.faults, page.blocked, page.strangers], [[], [], []]);
});
