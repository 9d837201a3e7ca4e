// What the lesson tells of both clients: what an exchange changed in each, what went wrong in whose page and where in the
// code, and that the second one is there until it is closed.

import assert from "node:assert/strict";
import { after, afterEach, before, test } from "node:test";
import { Stage } from "./stage.js";
import { say } from "./steps/chat.js";
import { Clients, openChat } from "./steps/clients.js";
import { violations } from "./steps/everybody.js";
import { Lesson } from "./steps/lesson.js";
import { differenceOf, openRow, reads } from "./steps/wire.js";

let stage;
before(async () => (stage = await Stage.open()));
afterEach(() => stage.clear());
after(() => stage.close());

test("a publish's row tells what it changed in each client's page", async () => {
  const { lesson, clients, page } = await openChat(stage);
  await clients.open();
  await clients.counts(clients.second, 2);
  await say(clients.first, "To both");
  await clients.second.locator("#log").getByText("To both").waitFor();
  const row = lesson.wireRow("published").filter({ hasText: "To both" });
  const place = await openRow(lesson, row);
  const of = (client) =>
    place.locator("> div").filter({ hasText: `What it changed for ${client}` });
  for (const client of ["A (you)", "Bob"]) {
    const lines = await differenceOf(of(client));
    assert.ok(
      lines.some((line) => line.startsWith("+") && line.includes("To both")),
      `${client}: ${lines}`,
    );
  }
  await reads(of("Bob"), 'New markup was put at the end of <ol id="log">.');
  // Its outline is over its own page.
  await of("Bob").getByRole("button", { name: "Show in the preview" }).click();
  await page.locator(".second .outlines > div").first().waitFor();
  assert.equal(await page.locator(".clients > .preview-page .outlines").count(), 0);
  assert.deepEqual(await violations(page), []);
  assert.deepEqual(page.faults, []);
});

const TWICE_PAGE = `<!doctype html><title>Twice</title><script>
  const socket = new WebSocket("/all");
</script><button onclick="socket.send('go')">Say</button>`;
const TWICE = `let server;
const words = "Hello to everybody, which is a sentence of some length for the list ";
export default {
  fetch(req, it) {
    server = it;
    return it.upgrade(req) ? undefined : new Response("Nothing", { status: 404 });
  },
  websocket: {
    open: (ws) => ws.subscribe("all"),
    message() { for (const nth of [1, 2]) server.publish("all", words + nth); },
  },
};`;

test("a row of several messages to several clients says how many there are", async () => {
  const lesson = await Lesson.open(await stage.person(), stage, "a-websocket-in-html");
  const { page } = lesson;
  await lesson.write("index.html", TWICE_PAGE);
  await lesson.write("server.js", TWICE);
  await lesson.start();
  const clients = new Clients(lesson);
  await clients.open();
  await lesson.wireRow("opened a WebSocket").nth(1).waitFor();
  await clients.first.getByRole("button", { name: "Say" }).click();
  const row = lesson.wireRow("published").filter({ hasText: "×2" });
  await row.click();
  const members = page.locator("[data-wire-detail] .detail-members");
  await members.getByText("2 times to 2 clients, 4 entries, newest first").waitFor();
  assert.equal(await members.getByRole("button").count(), 4);
  const style = await members
    .getByRole("button")
    .first()
    .evaluate((it) => {
      const { textAlign, display } = getComputedStyle(it);
      return { textAlign, display, isCut: it.scrollWidth > it.clientWidth };
    });
  assert.deepEqual(style, { textAlign: "start", display: "block", isCut: false });
});

const SHELL = `<!doctype html>
<title>Pieces</title>
<!-- page -->
<button id="fail">Fail</button>
<button id="log">Log</button>
<script>
  const on = (id, act) => document.querySelector(id).addEventListener("click", act);
  on("#log", () => console.log("logged here"));
  on("#fail", () => {
    throw new Error("\`on\` broke it");
  });
</script>`;
const PIECES = `const html = { "Content-Type": "text/html" };
export default {
  async fetch() {
    const shell = await Bun.file("index.html").text();
    return new Response(shell.replace("<!-- page -->", "<p>Line</p>\\n".repeat(49)), { headers: html });
  },
};`;

test("an error in a page of several pieces has the line of the code, and whose page it was", async () => {
  const lesson = await Lesson.open(await stage.person(), stage, "a-websocket-in-html");
  const { page } = lesson;
  await lesson.write("index.html", SHELL);
  await lesson.write("server.js", PIECES);
  await lesson.start();
  const clients = new Clients(lesson);
  await clients.open();
  await clients.second.locator("#fail").click();
  await clients.second.locator("#log").click();
  await page.getByRole("tab", { name: /^Problems/ }).click();
  const problem = page.locator("[data-problem-list] > li").filter({ hasText: "broke it" });
  await problem.getByText("Bob's page", { exact: true }).waitFor();
  await problem.locator("code", { hasText: /^on$/ }).waitFor();
  const line = SHELL.split("\n").findIndex((each) => each.includes("throw")) + 1;
  await problem.getByRole("button", { name: `index.html:${line}` }).click();
  const here = page.locator("[data-editor] .cm-activeLine");
  await here.filter({ hasText: "throw new Error" }).waitFor();
  // The same in the other page is a problem of its own.
  await clients.first.locator("#fail").click();
  await problem.nth(1).waitFor();
  const from = await problem.locator(".from").allInnerTexts();
  assert.deepEqual(from.sort(), ["Bob's page", "page"]);
  await page.getByRole("tab", { name: /^Console/ }).click();
  const logged = page.locator("[data-console-list] li").filter({ hasText: "Bob: logged here" });
  await logged.getByRole("button", { name: `index.html:${line - 2}` }).waitFor();
});

test("a second client stays over a reload of the lesson until it is closed", async () => {
  const { lesson, clients, page } = await openChat(stage);
  await clients.open();
  await clients.counts(clients.second, 2);
  await page.reload();
  await lesson.ready();
  await clients.counts(clients.second, 2);
  await page.locator("[data-second][aria-pressed=true]").waitFor();
  await clients.press("Bob: close");
  await page.reload();
  await lesson.ready();
  await clients.counts(clients.first, 1);
  assert.equal(await clients.bar("Bob").count(), 0);
  assert.deepEqual(page.faults, []);
});

test("an address of another host is not gone to, and each client's bar says why", async () => {
  const { clients, page } = await openChat(stage);
  await clients.open();
  const bars = {
    Bob: page.getByLabel("Bob: address; Enter goes there"),
    "": page.getByLabel("Address in the preview; Enter goes there"),
  };
  for (const field of Object.values(bars)) {
    await field.fill("http://elsewhere.example/page");
    await field.press("Enter");
    const why = page.getByRole("alert").filter({ hasText: /stays at http.*give a path such as/ });
    await why.waitFor();
    assert.equal(await why.count(), 1);
    assert.deepEqual(await violations(page), []);
    await field.fill("/catalogue");
    await why.waitFor({ state: "hidden" });
  }
});
