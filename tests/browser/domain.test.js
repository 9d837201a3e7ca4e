// Sandboxes below another domain than the site's: to the browser another site, whose frames have their own cookies.

import assert from "node:assert/strict";
import { after, afterEach, before, test } from "node:test";
import { Stage } from "./stage.js";
import { say } from "./steps/chat.js";
import { Lesson } from "./steps/lesson.js";

const DOMAIN = "boxes.localhost";
const SLUG = "a-websocket-in-html";

// A page that counts visits by a cookie of the server's and by one of a script's.
const COUNTS = `export default { fetch(req) {
  const { pathname } = new URL(req.url);
  const cookies = req.headers.get("cookie") ?? "";
  if (pathname === "/cookies") return new Response(cookies);
  const seen = Number(/seen=(\\d+)/.exec(cookies)?.[1] ?? 0) + 1;
  return new Response(\`<!doctype html><p id="seen">\${seen}</p><p id="script"></p><script>
    const had = /mine=(\\\\d+)/.exec(document.cookie)?.[1] ?? 0;
    document.cookie = "mine=" + (Number(had) + 1) + "; path=/; SameSite=Lax";
    document.querySelector("#script").textContent = document.cookie;
  </script>\`, { headers: { "Content-Type": "text/html", "Set-Cookie": \`seen=\${seen}; Path=/; SameSite=Lax\` } });
} };`;

let stage;
before(async () => (stage = await Stage.open("--sandbox-domain", DOMAIN)));
afterEach(() => stage.clear());
after(() => stage.close());

/** Requests of the sandboxes' own domain are no strangers. */
const strangers = (page) => page.strangers.filter((url) => !new URL(url).hostname.endsWith(DOMAIN));

test("a chat in the preview and in a second browser, below another domain", async () => {
  const alice = await stage.person();
  const lesson = await Lesson.open(alice, stage, SLUG);
  await lesson.solve();
  await lesson.start();
  const bob = await stage.person();
  const address = await lesson.outside();
  assert.match(address, new RegExp(`^http://[a-z2-7]{26}\\.${DOMAIN}:`));
  await bob.goto(address);
  await say(bob, "Hello from Bob");
  await lesson.preview.locator("#log").getByText("Hello from Bob").waitFor();
  await lesson.wireRow("Hello from Bob").first().waitFor();
  assert.deepEqual([...alice.faults, ...bob.faults], []);
  assert.deepEqual([...alice.blocked, ...bob.blocked], []);
  assert.deepEqual([...strangers(alice), ...strangers(bob)], []);
});

test("cookies of the server and of scripts work in the preview, and in a tab as they were written", async () => {
  const page = await stage.person();
  const lesson = await Lesson.open(page, stage, SLUG);
  await lesson.write("server.js", COUNTS);
  await lesson.start();
  await lesson.goTo("/count");
  const { preview } = lesson;
  // A load that another one overtakes counts for the server and not for the page's script.
  await preview.locator("#script").getByText("mine=").waitFor();
  await lesson.press("reload");
  await preview
    .locator("#script")
    .getByText(/mine=([2-9])/)
    .waitFor();
  await preview
    .locator("#seen")
    .getByText(/^[2-9]$/)
    .waitFor();
  const heard = await preview.locator("body").evaluate(async () => {
    await cookieStore.set("stored", "1");
    const text = await (await fetch("/cookies")).text();
    await cookieStore.delete("mine");
    document.cookie = "stored=; Max-Age=0; path=/";
    return { text, left: await (await fetch("/cookies")).text() };
  });
  for (const part of [/seen=[2-9]/, /mine=[2-9]/, /stored=1/]) assert.match(heard.text, part);
  assert.doesNotMatch(heard.text, /hxlab/);
  assert.match(heard.left, /^seen=\d$/);

  const tab = await page.context().newPage();
  await tab.goto(new URL("/count", await lesson.outside()).href);
  assert.equal(await tab.locator("#seen").innerText(), "1", "a tab has cookies of its own");
  assert.equal(await tab.locator("#script").innerText(), "seen=1; mine=1");
  const kept = await page.context().cookies(tab.url());
  const own = (name) => kept.filter((it) => it.name === name).map(({ sameSite }) => sameSite);
  assert.deepEqual(own("seen").sort(), ["Lax", "None"]);
  assert.deepEqual(own("mine"), ["Lax"]);
  assert.deepEqual(page.faults, []);
});

test("a page of a sandbox can neither read nor set nor push out a cookie of the site", async () => {
  const page = await stage.person();
  const lesson = await Lesson.open(page, stage, SLUG);
  await lesson.write("server.js", COUNTS);
  await lesson.start();
  const ofSite = async () => {
    const cookies = await page.context().cookies(stage.site);
    return cookies.map(({ name, value }) => `${name}=${value}`).sort();
  };
  const own = await ofSite();
  const tab = await page.context().newPage();
  await tab.goto(await lesson.outside());
  await tab.evaluate(() => {
    for (let at = 0; at < 400; at += 1) document.cookie = `c${at}=1; path=/`;
    for (const domain of ["hxlab.localhost", "localhost"])
      document.cookie = `hxlab=tossed; path=/; domain=${domain}`;
    return document.cookie;
  });
  assert.deepEqual(await ofSite(), own);
  assert.ok(own.some((cookie) => cookie.startsWith("hxlab=")));
});

test("the checks have their clients there, and those their cookies", async () => {
  for (const slug of [SLUG, "csrf"]) {
    const page = await stage.person();
    const lesson = await Lesson.open(page, stage, slug);
    await lesson.solve();
    await lesson.check();
    await lesson.challengeSays("you have passed this challenge");
    assert.deepEqual(page.faults, []);
  }
});

test("a form, Back and the address bar in the preview", async () => {
  const page = await stage.person();
  const lesson = await Lesson.open(page, stage, "the-address-bar");
  await lesson.solve();
  await lesson.start();
  const entries = await page.evaluate(() => history.length);
  await lesson.clickThere(
    lesson.preview.locator("#page [hx-push-url][href^='/catalogue/']").first(),
  );
  const field = page.locator("[data-preview-address]");
  const shows = (isThere) =>
    page.waitForFunction(
      (wanted) =>
        document.querySelector("[data-preview-address]").value.startsWith("/catalogue/") === wanted,
      isThere,
    );
  await shows(true);
  await page.locator("[data-preview-back]").click();
  await shows(false);
  assert.equal(await page.evaluate(() => history.length), entries);
  assert.ok(await field.inputValue());
});
