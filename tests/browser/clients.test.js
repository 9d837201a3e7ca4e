// A second client beside the preview, and faults that the learner has happen: what the clients notice, what the wire shows,
// and that they recover.

import assert from "node:assert/strict";
import { after, afterEach, before, test } from "node:test";
import { setTimeout as delay } from "node:timers/promises";
import { Stage } from "./stage.js";
import { becomes } from "./steps/becomes.js";
import { say } from "./steps/chat.js";
import { Clients, openChat } from "./steps/clients.js";
import { violations } from "./steps/everybody.js";
import { Lesson } from "./steps/lesson.js";

const SLUG = "a-websocket-in-html";

let stage;
before(async () => (stage = await Stage.open()));
afterEach(() => stage.clear());
after(() => stage.close());

const chat = (at = stage, options = {}) => openChat(at, options);

const isSaid = (window, words) => window.locator("#log").getByText(words).waitFor();

async function whatASecondClientIs(at) {
  const { lesson, clients, page } = await chat(at);
  await clients.open();
  await clients.counts(clients.second, 2);
  await say(clients.first, "Hello from the first");
  await isSaid(clients.second, "Hello from the first");
  await say(clients.second, "Hello from the second");
  await isSaid(clients.first, "Hello from the second");
  const sent = (words) => lesson.wireRow("sent").filter({ hasText: words }).locator(".who");
  await becomes(() => sent("Hello from the first").innerText(), "A you");
  await becomes(() => sent("Hello from the second").innerText(), "Bob");
  assert.deepEqual(await violations(page), []);
  assert.deepEqual(page.faults, []);
  assert.deepEqual(page.blocked, []);
  assert.deepEqual(page.strangers, []);
  return { lesson, clients, page };
}

test("what one client says the second one shows, and the wire says whose each row is", async () => {
  await whatASecondClientIs(stage);
});

test("where the site has an address and no name, the second client has a port of its own", async () => {
  const ports = await Stage.at("127.0.0.1", "--preview-ports", "21100-21109");
  try {
    const { lesson, clients } = await whatASecondClientIs(ports);
    const address = await clients.addressOf("Bob");
    assert.match(address, /^http:\/\/127\.0\.0\.1:211\d\d\//);
    assert.notEqual(address, await lesson.outside());
  } finally {
    await ports.close();
  }
});

const KEPT = `export default { fetch: () => new Response("Nothing", { status: 404 }), routes: { "/": (req) => {
  const cookie = req.headers.get("cookie") ?? "none";
  return new Response(\`<!doctype html><title>Kept</title><p id="cookie">\${cookie}</p><p id="kept"></p>
    <script>document.querySelector("#kept").textContent = localStorage.getItem("mark") ?? "nothing";</script>\`,
    { headers: { "Content-Type": "text/html", "Set-Cookie": "visited=yes; Path=/" } });
} } };`;

test("a second client has cookies, storage and a history of its own", async () => {
  const lesson = await Lesson.open(await stage.person(), stage, SLUG);
  await lesson.write("server.js", KEPT);
  await lesson.start();
  const clients = new Clients(lesson);
  await clients.first.locator("#cookie").waitFor();
  await clients.first.locator(":root").evaluate(() => localStorage.setItem("mark", "first"));
  await lesson.press("reload");
  await clients.first.locator("#cookie").getByText("visited=yes").waitFor();
  await clients.first.locator("#kept").getByText("first").waitFor();
  await clients.open();
  await clients.second.locator("#cookie").getByText("none").waitFor();
  await clients.second.locator("#kept").getByText("nothing").waitFor();
  const there = await lesson.address.inputValue();
  await clients.goTo("Bob", "/?page=2");
  await clients.press("Bob: back");
  await clients.second.locator("#cookie").getByText("visited=yes").waitFor();
  assert.equal(await lesson.address.inputValue(), there);
  // In a window of its own it is the same client.
  const [window] = await Promise.all([
    lesson.page.waitForEvent("popup"),
    clients.press("Bob: in a window of its own", "link"),
  ]);
  await window.locator("#cookie").getByText("visited=yes").waitFor();
});

test("both clients load the new code at Run, and a closed one has no connection", async () => {
  const { lesson, clients, page } = await chat();
  await clients.open();
  await clients.counts(clients.second, 2);
  const text = await page.evaluate(
    (slug) => fetch(`/lessons/${slug}/solution`).then((answer) => answer.json()),
    SLUG,
  );
  await lesson.write(
    "index.html",
    text.files["index.html"].replace("</body>", '<p id="new">New</p></body>'),
  );
  await lesson.run.click();
  for (const client of [clients.first, clients.second]) await client.locator("#new").waitFor();
  await clients.counts(clients.second, 2);
  const closed = lesson.wireRow("close").filter({ has: page.locator(".who", { hasText: "Bob" }) });
  const count = await closed.count();
  await clients.press("Bob: close");
  await clients.bar("Bob").waitFor({ state: "detached" });
  await closed.nth(count).waitFor();
  await page.locator("[data-second]:focus").waitFor();
  await clients.open();
  await clients.counts(clients.second, 2);
});

test("where the site refuses a second client it says why, and offers to try again", async () => {
  const { clients, page } = await chat();
  const refusal = { status: 503, json: { error: "all addresses are in use" } };
  await page.route("**/client", (route) => route.fulfill(refusal));
  await page.getByRole("button", { name: "Second client" }).click();
  await page.getByText("All addresses are in use.", { exact: true }).waitFor();
  await becomes(() => clients.bar("Bob").count(), 0);
  await page.unroute("**/client");
  await page.getByRole("button", { name: "Try again" }).click();
  await clients.counts(clients.second, 2);
  assert.deepEqual(page.faults, []);
});

test("a second client goes on while another tab shows it, at ports too", async () => {
  const ports = await Stage.at("127.0.0.1", "--preview-ports", "21110-21119");
  try {
    const { clients, page } = await chat(ports);
    await clients.open();
    await clients.counts(clients.second, 2);
    const tab = await Lesson.open(await page.context().newPage(), ports, SLUG);
    const there = new Clients(tab);
    await there.open();
    const left = tab.page.waitForResponse((it) => it.url().endsWith("/client/leave"));
    await there.press("Bob: close");
    await left;
    await clients.goTo("Bob", "/?again");
    // A lesson that is left gives it back, too.
    const address = await clients.addressOf("Bob");
    assert.notEqual((await fetch(address)).status, 404);
    await page.goto(`${ports.site}/`);
    assert.ok(await isGone(address), `somebody has ${address} still`);
  } finally {
    await ports.close();
  }
});

test("before the first Run faults and a second client say to run it first", async () => {
  const { page } = await Lesson.open(await stage.person(), stage, SLUG);
  await page.locator("[data-faults]").click();
  await page.getByText("Run it first: faults happen to its clients.", { exact: true }).waitFor();
  assert.equal(await page.getByRole("menu", { name: "Faults" }).count(), 0);
});

test("on a phone a switch shows one client or the other, by keyboard as well", async () => {
  for (const viewport of [
    { width: 320, height: 640 },
    { width: 320, height: 256 },
  ]) {
    const { clients, page } = await chat(stage, { viewport });
    await page.locator("[data-second]").focus();
    await page.keyboard.press("Enter");
    await clients.counts(clients.second, 2);
    const shown = () =>
      page.evaluate(() =>
        [...document.querySelectorAll(".clients iframe")].map((it) => it.offsetHeight),
      );
    const [hidden, height] = await shown();
    assert.equal(hidden, 0);
    assert.ok(height >= 160, `the second client has ${height} pixels`);
    await page.locator("[data-shows=first]").focus();
    await page.keyboard.press("Enter");
    const [first, second] = await shown();
    assert.ok(first >= 160 && second === 0, `${first}, ${second}`);
    assert.deepEqual(await violations(page), []);
    const overflow = await page.evaluate(() => document.documentElement.scrollWidth);
    assert.ok(overflow <= viewport.width, `the page is ${overflow} pixels wide`);
  }
});

// Nobody tells when an address has become nobody's.
async function isGone(address) {
  for (let left = 150; left > 0; left -= 1) {
    if ((await fetch(address)).status === 404) return true;
    await delay(100);
  }
  return false;
}

// A close of the line of this client, in the wire.
const closes = (lesson, name) =>
  lesson.wireRow("close").filter({ has: lesson.page.locator(".who", { hasText: name }) });

test("a cut breaks what is open, the extension comes back, and the wire shows both", async () => {
  const { lesson, clients, page } = await chat();
  await clients.open();
  await clients.counts(clients.second, 2);
  const opened = lesson.wireRow("/chat").filter({ hasText: "opened a WebSocket" });
  await opened.nth(1).waitFor();
  await clients.has("Cut all connections");
  // A socket and a stream each.
  await lesson.wireRow("You cut 4 connections").click();
  await page.getByRole("heading", { name: "You cut 4 connections." }).waitFor();
  await page.getByRole("button", { name: "Close the detail" }).click();
  for (const name of ["A", "Bob"]) {
    await closes(lesson, name).filter({ hasText: "1006" }).first().waitFor();
  }
  await opened.nth(3).waitFor();
  await clients.counts(clients.first, 2);
  await say(clients.second, "Here again");
  await isSaid(clients.first, "Here again");
  assert.deepEqual(page.faults, []);
});

test("one client's connections are cut, and the other's stay", async () => {
  const { lesson, clients, page } = await chat();
  await clients.open();
  await clients.counts(clients.second, 2);
  await clients.has(/^Cut the 2 connections of Bob/);
  await lesson.wireRow("You cut 2 connections of Bob").waitFor();
  await closes(lesson, "Bob").filter({ hasText: "1006" }).first().waitFor();
  const whose = page.locator(".who", { hasText: "Bob" });
  const opened = lesson.wireRow("/chat").filter({ hasText: "opened a WebSocket", has: whose });
  // The second is the one by which Bob came back.
  await opened.nth(1).waitFor();
  await clients.counts(clients.second, 2);
  assert.equal(await closes(lesson, "A").count(), 0);
});

test("connections that are refused for ten seconds fail as in a browser, and come back", async () => {
  const { lesson, clients, page } = await chat();
  await clients.has("Refuse requests and new connections for 10 s");
  await clients.badge
    .filter({ hasText: "requests and new connections are refused for 10 s" })
    .waitFor();
  const failed = await clients.first
    .locator(":root")
    .evaluate(() => fetch("/catalogue").then(String, (error) => error.name));
  assert.equal(failed, "TypeError", "it is no answer, but no connection");
  await lesson.wireRow("/catalogue").filter({ hasText: "refused" }).first().waitFor();
  // Ten seconds from here.
  await clients.has("Refuse requests and new connections for 10 s");
  await clients.has("Cut all connections");
  await lesson.wireRow("/chat").filter({ hasText: "refused" }).first().waitFor();
  await lesson.wireRow("Connections are accepted again").waitFor({ timeout: 30_000 });
  await clients.badge.waitFor({ state: "hidden" });
  const row = lesson.wireRow("/chat").filter({ hasText: "opened a WebSocket" });
  await row.nth(1).waitFor({ timeout: 60_000 });
  await say(clients.first, "Back again");
  await isSaid(clients.first, "Back again");
  assert.deepEqual(page.faults, []);
});

const ASKS = `<!doctype html><title>Asks</title><script src="/lib/htmx-2.js"></script>
  <button id="ask" hx-get="/part" hx-target="#part">Ask</button><p id="part">Nothing yet</p><p id="failed"></p>
  <script>document.body.addEventListener("htmx:responseError", ({ detail }) => {
    document.querySelector("#failed").textContent = "failed with " + detail.xhr.status;
  });</script>`;
const COUNTS = `let count = 0;
export default { fetch: () => new Response("Answer " + (count += 1)) };`;

test("500 and a delay hold until they are over, and a restart loses what was in memory", async () => {
  const lesson = await Lesson.open(await stage.person(), stage, SLUG);
  const { page } = lesson;
  await lesson.write("index.html", ASKS);
  await lesson.write("server.js", COUNTS);
  await lesson.start();
  const clients = new Clients(lesson);
  const ask = clients.first.locator("#ask");
  const answer = (words) =>
    clients.first.locator("#part").getByText(words, { exact: true }).waitFor();
  await ask.click();
  await answer("Answer 1");

  await clients.has("Answer 500", "menuitemcheckbox");
  await clients.badge.filter({ hasText: "each request is answered 500" }).waitFor();
  await ask.click();
  await clients.first.locator("#failed").getByText("failed with 500").waitFor();
  await lesson.wireRow("/part").filter({ hasText: "500" }).waitFor();
  // It is there after a reload of the lesson, too.
  await page.reload();
  await lesson.ready();
  await clients.badge.filter({ hasText: "answered 500" }).waitFor();
  assert.deepEqual(await violations(page), []);
  await clients.badge.getByRole("button", { name: "Off" }).click();
  await clients.badge.waitFor({ state: "hidden" });
  await lesson.press("reload");
  await ask.click();
  await answer("Answer 2");

  await clients.has("Delay each answer by 2 s", "menuitemcheckbox");
  await clients.badge.filter({ hasText: "delayed by 2 s" }).waitFor();
  await ask.click();
  await answer("Answer 3");
  await lesson
    .wireRow("/part")
    .filter({ hasText: /fault.*\d\.\d s/ })
    .waitFor();

  await clients.has("Restart the server");
  await lesson.wireRow("You restart the server").waitFor();
  await lesson.run.click();
  await clients.badge.waitFor({ state: "hidden" });
  await ask.click();
  await answer("Answer 1");
  await lesson.wireRow("The faults are over: delayed answers. Run ended them.").waitFor();
});

test("the menu of faults is used by keyboard alone, found by its name, and axe finds nothing", async () => {
  for (const viewport of [
    { width: 1440, height: 900 },
    { width: 320, height: 640 },
    { width: 320, height: 256 },
  ]) {
    const isNarrow = viewport.width < 1000;
    const { lesson, clients, page } = await chat(stage, isNarrow ? { viewport } : {});
    const button = page.locator("[data-faults]");
    await page.keyboard.press("ControlOrMeta+k");
    // The lessons come a moment after the commands.
    await page.getByRole("option", { name: /Lesson 13/ }).waitFor();
    await page.keyboard.type("faults cut");
    await page.getByRole("option", { name: /Faults: cut/ }).waitFor();
    await page.keyboard.press("Enter");
    await page.getByRole("menu", { name: "Faults" }).waitFor();
    await page
      .getByRole("menuitem", { name: "Cut all connections" })
      .and(page.locator(":focus"))
      .waitFor();
    assert.deepEqual(await violations(page), []);
    const { x, y, width, height } = await page.getByRole("menu").boundingBox();
    assert.ok(x >= 0 && y >= 0 && x + width <= viewport.width && y + height <= viewport.height);
    await page.keyboard.press("Escape");
    await button.and(page.locator(":focus")).waitFor();
    await page.keyboard.press("Enter");
    await page.getByRole("menu").waitFor();
    await page.keyboard.press("End");
    await page.keyboard.press("ArrowUp");
    await page.keyboard.press("Enter");
    await clients.badge.filter({ hasText: "answered 500" }).waitFor();
    await button.and(page.locator(":focus")).waitFor();
    assert.deepEqual(await violations(page), []);
    const overflow = await page.evaluate(() => document.documentElement.scrollWidth);
    assert.ok(overflow <= viewport.width, `the page is ${overflow} pixels wide`);
    assert.deepEqual(lesson.page.faults, []);
  }
});
