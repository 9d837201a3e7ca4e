// A second client beside the preview, and faults that the learner has happen: what the clients notice, what the wire shows,
// and that they recover.

import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { Stage } from "./stage.js";
import { say } from "./steps/chat.js";
import { Clients } from "./steps/clients.js";
import { violations } from "./steps/everybody.js";
import { Lesson } from "./steps/lesson.js";

const SLUG = "a-websocket-in-html";

let stage;
before(async () => (stage = await Stage.open()));
after(() => stage.close());

// Lobby's chat in the preview.
async function chat(at = stage, options = {}) {
  const lesson = await Lesson.open(await at.person(options), at, SLUG);
  if (options.viewport) await lesson.view("Code");
  await lesson.solve();
  await lesson.start();
  if (options.viewport) await lesson.view("Preview");
  const clients = new Clients(lesson);
  await clients.counts(clients.first, 1);
  return { lesson, clients, page: lesson.page };
}

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
  assert.equal(await sent("Hello from the first").innerText(), "A you");
  assert.equal(await sent("Hello from the second").innerText(), "Bob");
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
  const ports = await Stage.at("127.0.0.1", "--preview-ports", "22100-22109");
  try {
    const { lesson, clients } = await whatASecondClientIs(ports);
    const address = await clients.addressOf("Bob");
    assert.match(address, /^http:\/\/127\.0\.0\.1:221\d\d\//);
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
  const before = await lesson.address.inputValue();
  await clients.goTo("Bob", "/?page=2");
  await clients.press("Bob: back");
  await clients.second.locator("#cookie").getByText("visited=yes").waitFor();
  assert.equal(await lesson.address.inputValue(), before);
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
