// Sandboxes with ports of an address: the classroom where no name is to be had. Where this machine has an
// address besides 127.0.0.1 it is used, because browsers trust that one and other ones not.

import assert from "node:assert/strict";
import { networkInterfaces } from "node:os";
import { after, afterEach, before, test } from "node:test";
import { Stage } from "./stage.js";
import { becomes } from "./steps/becomes.js";
import { say } from "./steps/chat.js";
import { Lesson } from "./steps/lesson.js";

const outer = Object.values(networkInterfaces())
  .flat()
  .find(({ family, internal }) => family === "IPv4" && !internal);
const host = outer?.address ?? "127.0.0.1";

let stage;
before(async () => (stage = await Stage.at(host, "--preview-ports", "22000-22999")));
afterEach(() => stage.clear());
after(() => stage.close());

// An address that browsers trust has a process of its own for each port.
const isTrusted = outer ? false : "this machine has no address but its own loopback";

test(
  "a page that stops the lesson is not shown again by itself, until it is mended",
  { skip: isTrusted },
  async () => {
    const SLUG = "a-websocket-in-html";
    const stopped = await stage.person();
    const context = stopped.context();
    const first = await Lesson.open(stopped, stage, SLUG);
    // It answers for a while, and what it asks for last is answered before its loop begins.
    const loop = `setTimeout(() => {
      const last = new XMLHttpRequest();
      last.open("GET", "/last", false);
      last.send();
      for (;;);
    }, 2000);`;
    await first.write("index.html", `<!doctype html><p id="mine">mine</p><script>${loop}</script>`);
    const looping = stopped.waitForResponse(/\/last$/);
    await first.run.click();
    await looping;
    await stopped.close();

    const page = await context.newPage();
    const lesson = await Lesson.open(page, stage, SLUG);
    await lesson.isInState("running");
    await page.getByText("Your page did not answer last time, so it is not shown").waitFor();
    assert.equal(await page.locator("iframe").count(), 0);
    // It is held back until it is asked for, not for one time.
    await page.reload();
    await lesson.ready();
    await page.getByText("Your page did not answer last time, so it is not shown").waitFor();
    await lesson.write("index.html", `<!doctype html><p id="mended">mended</p>`);
    await lesson.run.click();
    await lesson.preview.locator("#mended").waitFor();
    await page.reload();
    await lesson.preview.locator("#mended").waitFor();
  },
);

test("a chat in the preview and in a second browser, at a port", async () => {
  const alice = await stage.person();
  const lesson = await Lesson.open(alice, stage, "a-websocket-in-html");
  await lesson.solve();
  await lesson.start();
  const bob = await stage.person();
  const address = await lesson.outside();
  assert.match(address, new RegExp(`^http://${host}:22\\d{3}/`));
  await bob.goto(address);
  await say(bob, "Hello from Bob");
  await lesson.preview.locator("#log").getByText("Hello from Bob").waitFor();
  await lesson.wireRow("Hello from Bob").first().waitFor();
  assert.deepEqual([...alice.faults, ...bob.faults], []);
  assert.deepEqual([...alice.blocked, ...bob.blocked], []);
  assert.deepEqual([...alice.strangers, ...bob.strangers], []);
});

test("the checks have their clients, each with an address, cookies and storage of its own", async () => {
  const page = await stage.person();
  const lesson = await Lesson.open(page, stage, "a-websocket-in-html");
  await lesson.solve();
  await lesson.check();
  await lesson.challengeSays("you have passed this challenge");
  assert.deepEqual(page.faults, []);
});

test("Back and Forward, a reload and the address bar stay in the preview", async () => {
  const page = await stage.person();
  const lesson = await Lesson.open(page, stage, "the-address-bar");
  await lesson.solve();
  await lesson.start();
  const entries = await page.evaluate(() => history.length);
  const { preview } = lesson;
  const field = page.locator("[data-preview-address]");
  await lesson.clickThere(preview.locator("#page [hx-push-url][href^='/catalogue/']").first());
  await page.waitForFunction(() =>
    document.querySelector("[data-preview-address]").value.startsWith("/catalogue/"),
  );
  await page.locator("[data-preview-back]").click();
  await page.waitForFunction(
    () => !document.querySelector("[data-preview-address]").value.startsWith("/catalogue/"),
  );
  assert.equal(await page.evaluate(() => history.length), entries);
  assert.ok(await field.inputValue());
});

test("cookies and storage: neither the site's nor another sandbox's", async () => {
  const page = await stage.person();
  const server = `export default { fetch(req) {
    const { pathname } = new URL(req.url);
    if (pathname === "/cookies") return new Response(req.headers.get("cookie") ?? "none");
    if (!pathname.startsWith("/number")) return new Response("here");
    return new Response("<!doctype html><p id=here>here", { headers: {
      "Content-Type": "text/html", "Set-Cookie": "mine=" + pathname.slice(1) + "; Path=/" } });
  } };`;
  const addresses = [];
  for (const slug of ["a-websocket-in-html", "server-sent-events"]) {
    const lesson = await Lesson.open(page, stage, slug);
    await lesson.write("server.js", server);
    await lesson.start();
    addresses.push(await lesson.outside());
  }
  const seen = [];
  for (const [index, address] of addresses.entries()) {
    const tab = await page.context().newPage();
    const own = new URL(`/number${index}`, address).href;
    await tab.goto(own);
    await tab.locator("#here").waitFor();
    seen.push(
      await tab.evaluate(async () => {
        const left = localStorage.getItem("mine");
        localStorage.setItem("mine", location.port);
        document.cookie = "hxlab=tossed; path=/lessons";
        const heard = await (await fetch("/cookies")).text();
        return { left, heard, script: document.cookie };
      }),
    );
  }
  for (const [index, { left, heard, script }] of seen.entries()) {
    assert.equal(left, null);
    assert.equal(heard, `mine=number${index}`);
    assert.ok(!script.includes("mine="), script);
  }
  // A cookie tossed at the site by such a page changes nothing there.
  const lesson = await Lesson.open(page, stage, "server-sent-events");
  await lesson.show("server.js");
  assert.match(await lesson.editor.innerText(), /pathname === "\/cookies"/);
});

test("the address is copied on plain http, where there is no clipboard to write to", async () => {
  const page = await stage.person({ permissions: ["clipboard-read"] });
  await page.addInitScript(() =>
    Object.defineProperty(navigator, "clipboard", { value: undefined, configurable: true }),
  );
  const lesson = await Lesson.open(page, stage, "a-websocket-in-html");
  await lesson.start();
  await page.locator("[data-preview-hint-close]").click();
  await lesson.press("copy");
  await page.locator("[data-preview-copy][data-done]").waitFor();
  // Pasted elsewhere, it is what was shown.
  const search = page.getByRole("searchbox", { name: "Search the lessons" });
  await search.click();
  await page.keyboard.press("ControlOrMeta+v");
  await becomes(() => search.inputValue(), await lesson.outside());
});
