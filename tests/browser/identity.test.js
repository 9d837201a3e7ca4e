// Sandboxes at ports of an address share one jar of cookies with the site. Mallory's page pushes Alice's cookie
// out and sets Mallory's own, so that Alice would work for her.

import assert from "node:assert/strict";
import { after, afterEach, before, test } from "node:test";
import { Stage } from "./stage.js";
import { becomes } from "./steps/becomes.js";
import { Lesson } from "./steps/lesson.js";

const SLUG = "a-websocket-in-html";

let stage;
before(async () => (stage = await Stage.at("127.0.0.1", "--preview-ports", "24000-24199")));
afterEach(() => stage.clear());
after(() => stage.close());

const cookie = async (page) => {
  const all = await page.context().cookies(stage.site);
  return all.find(({ name }) => name === "hxlab")?.value;
};

/**
 * A page at a sandbox's port sets the site's cookie, after the site's own was pushed out. Chromium pushes it out
 * last; other browsers know no priorities.
 */
async function swap(page, address, value) {
  await page.context().clearCookies({ name: "hxlab" });
  const tab = await page.context().newPage();
  await tab.goto(address);
  await tab.evaluate((token) => (document.cookie = `hxlab=${token}; path=/`), value);
  await tab.close();
}

async function learner() {
  const page = await stage.person();
  const lesson = await Lesson.open(page, stage, SLUG);
  await lesson.write("index.html", "<p>of this learner</p>");
  await lesson.isSaved();
  await lesson.start();
  return { page, lesson, token: await cookie(page), address: await lesson.outside() };
}

test("whose cookie was swapped does not work as somebody else, and is told so", async () => {
  const alice = await learner();
  const mallory = await learner();
  await swap(alice.page, alice.address, mallory.token);
  assert.equal(await cookie(alice.page), mallory.token, "the attack works in this browser");

  // The page that was open sends nothing in Mallory's name.
  await alice.lesson.write("index.html", "<p>a secret of Alice</p>");
  const said = alice.page.getByText("has changed since this page was opened").first();
  await said.waitFor();
  const theirs = await mallory.page.reload().then(() => mallory.page.content());
  assert.ok(!theirs.includes("a secret of Alice"));

  // A page that is opened now stops.
  const tab = await alice.page.context().newPage();
  await tab.goto(`${stage.site}/`);
  const dialog = tab.getByRole("dialog", { name: "This browser has become somebody else" });
  await dialog.waitFor();
  await tab.keyboard.press("Escape");
  await tab.keyboard.press("Escape");
  await dialog.waitFor();
  await dialog.getByRole("link", { name: "Use your recovery code" }).click();
  await tab.getByLabel("Recovery code").waitFor();
  await becomes(() => dialog.count(), 0);
});

test("forms that no script sends are of nobody but whom their page was shown to", async () => {
  const alice = await learner();
  const mallory = await learner();
  const { page } = alice;
  const noScripts = async (opened) => {
    // The lab's own are not there, as in a browser that runs none; the attacker's page has its own.
    await opened.route(/\/assets\/.*\.js$/, (route) => route.abort());
    return opened;
  };
  const tab = async (path) => {
    const opened = await noScripts(await page.context().newPage());
    await opened.goto(`${stage.site}${path}`);
    return opened;
  };
  const begin = await tab("/play");
  await begin.getByRole("button", { name: "A form" }).click();
  await begin.getByRole("heading", { name: "A form", level: 1 }).waitFor();
  const pages = {
    Rename: begin,
    "Make a code": await tab("/me"),
    "A form": await tab("/play"),
    "Mark as read": await tab(`/lessons/${SLUG}`),
  };
  const earlier = await kept(mallory.page);
  await swap(page, alice.address, mallory.token);
  for (const [name, opened] of Object.entries(pages)) {
    const address = opened.url();
    await opened.getByRole("button", { name, exact: true }).first().click();
    await opened.getByText("has changed since this page was opened").waitFor();
    await opened.getByRole("link", { name: "Use your recovery code" }).waitFor();
    await opened.getByRole("link", { name: "Load the page again" }).click();
    await becomes(() => new URL(opened.url()).pathname, new URL(address).pathname);
  }
  assert.equal(await kept(mallory.page), earlier);
});

/** All that the site keeps of a learner. */
const kept = (page) => page.evaluate(async () => (await fetch("/me/all.json")).text());

test("a form that htmx sends is of nobody but whom its page was shown to", async () => {
  const alice = await learner();
  const mallory = await learner();
  const { page } = alice;
  const earlier = await kept(mallory.page);
  await swap(page, alice.address, mallory.token);
  // As if she had gone on as Mallory in another tab: what is stored says so.
  const mark = await mallory.page.evaluate(
    async () => (await (await fetch("/me/mark")).json()).mark,
  );
  await page.evaluate((stored) => localStorage.setItem("hxlab.learner", stored), mark);
  const answered = page.waitForResponse(/\/read\?learner=/);
  await page.locator("#read-button").click();
  assert.equal((await answered).status(), 403);
  await page.locator("#trouble").getByText("has changed since this page was opened").waitFor();
  assert.equal(await kept(mallory.page), earlier);
});

test("a learner's own server that sets many cookies does not push the site's out", async () => {
  const { page, token, address } = await learner();
  const usual = { name: "usual", value: "1", url: stage.site, httpOnly: true };
  await page.context().addCookies([usual]);
  const tab = await page.context().newPage();
  await tab.goto(address);
  await tab.evaluate(() => {
    for (let at = 0; at < 400; at += 1) document.cookie = `own${at}=1; path=/`;
    // Reading waits until they are set.
    return document.cookie;
  });
  const names = (await page.context().cookies(stage.site)).map(({ name }) => name);
  assert.ok(!names.includes("usual"), "so many push others out");
  assert.equal(await cookie(page), token);
});

test("who takes another's work over by a code, or deletes their own, is not stopped", async () => {
  const { page } = await learner();
  await page.goto(`${stage.site}/me`);
  await page.getByRole("checkbox", { name: /delete all/ }).check();
  await page.getByRole("button", { name: "Delete" }).click();
  await page.getByText("Nothing is kept about you").waitFor();
  await Lesson.open(page, stage, SLUG);
  assert.equal(await page.getByRole("dialog").count(), 0);
  await page.reload();
  assert.equal(await page.getByRole("dialog").count(), 0);
  assert.deepEqual(page.faults, []);
});
