// What the lesson says of faults that hold: which, for how long, and what becomes of them.

import assert from "node:assert/strict";
import { after, afterEach, before, test } from "node:test";
import { Stage } from "./stage.js";
import { Clients, openChat } from "./steps/clients.js";
import { violations } from "./steps/everybody.js";
import { Lesson } from "./steps/lesson.js";
import { lessonWith } from "./steps/mine.js";

const REFUSE = "Refuse requests and new connections for 10 s";

let stage;
before(async () => (stage = await Stage.open()));
afterEach(() => stage.clear());
after(() => stage.close());

test("a page that was refused names the fault and for how long, and comes back by itself", async () => {
  const { lesson, clients, page } = await openChat(stage);
  await clients.open();
  await clients.counts(clients.second, 2);
  await clients.has(REFUSE);
  await clients.badge.filter({ hasText: /refused for 10 s.*\d+ s left/ }).waitFor();
  await lesson.press("reload");
  await clients.press("Bob: reload");
  for (const whose of ["Your page", "Bob's page"])
    await lesson.notice
      .getByText(
        new RegExp(`^${whose} did not load: you have requests refused, for \\d+ s more\\.`),
      )
      .waitFor();
  assert.deepEqual(await violations(page), []);
  assert.equal(await lesson.notice.getByText(/loop/).count(), 0);
  await clients.counts(clients.first, 2);
  await clients.counts(clients.second, 2);
  await lesson.notice.getByText(/did not load/).waitFor({ state: "detached" });
});

test("who will not wait has connections accepted again, and the page comes at once", async () => {
  const { lesson, clients } = await openChat(stage);
  await clients.has(REFUSE);
  await clients.badge.waitFor();
  await lesson.press("reload");
  const since = Date.now();
  await lesson.notice.getByRole("button", { name: "Accept again now" }).click();
  await clients.counts(clients.first, 1);
  assert.ok(Date.now() - since < 8000);
});

test("a lesson that is loaded again while connections are refused shows its page afterwards", async () => {
  const { lesson, clients, page } = await openChat(stage);
  await clients.has(REFUSE);
  await clients.badge.waitFor();
  await page.reload();
  await lesson.ready();
  await lesson.notice.getByText(/did not load: you have requests refused/).waitFor();
  await clients.counts(clients.first, 1);
});

test("a delayed 500 comes late, and what was not asked has no size and no time", async () => {
  const lesson = await lessonWith(stage, `<p>Mine</p>`);
  await lesson.start();
  const clients = new Clients(lesson);
  const ask = (path) =>
    clients.first
      .locator(":root")
      .evaluate((_, to) => fetch(to).then(({ status }) => status), path);
  await clients.first.getByText("Mine").waitFor();
  await clients.has("Answer 500", "menuitemcheckbox");
  await clients.badge.filter({ hasText: "answered 500" }).waitFor();
  assert.equal(await ask("/at-once"), 500);
  const cells = (path) => lesson.wireRow(path).locator(":is(.size, .span)").allInnerTexts();
  await lesson.wireRow("/at-once").filter({ hasText: "500" }).waitFor();
  assert.deepEqual(await cells("/at-once"), ["", ""]);
  await clients.has("Delay each answer by 2 s", "menuitemcheckbox");
  await clients.badge.filter({ hasText: "delayed by 2 s, each request is answered 500" }).waitFor();
  const since = Date.now();
  assert.equal(await ask("/late"), 500);
  assert.ok(Date.now() - since >= 2000);
  await lesson.wireRow("/late").filter({ hasText: "500" }).waitFor();
  const [size, span] = await cells("/late");
  assert.equal(size, "");
  assert.match(span, /^2\.\d s$/);
});

test("what says to run it first goes with Run", async () => {
  for (const button of ["[data-faults]", "[data-second]"]) {
    const lesson = await Lesson.open(await stage.person(), stage, "a-websocket-in-html");
    const said = lesson.notice.getByText(/^Run it first/);
    await lesson.page.locator(button).click();
    await said.waitFor();
    await lesson.start();
    await said.waitFor({ state: "detached" });
  }
});

const HEARS = `<!doctype html><title>Hears</title><p id="state"></p>
  <script>
    setTimeout(() => { throw new Error("Found before the restart"); });
    const connect = () => {
      const socket = new WebSocket("/chat");
      socket.onopen = () => { document.querySelector("#state").textContent = "open"; };
      socket.onclose = () => { document.querySelector("#state").textContent = "gone"; setTimeout(connect, 300); };
    };
    connect();
  </script>`;
const SERVER = `export default {
  routes: { "/": new Response(Bun.file("index.html")) },
  fetch: (req, server) => server.upgrade(req) ? undefined : new Response("Nothing", { status: 404 }),
  websocket: { message() {} },
};`;

test("after a restart of the site it is said what began anew and what is over, and the rest is kept", async () => {
  const lesson = await Lesson.open(await stage.person(), stage, "a-websocket-in-html");
  const { page } = lesson;
  await lesson.write("index.html", HEARS);
  await lesson.write("server.js", SERVER);
  await lesson.start();
  const clients = new Clients(lesson);
  const opened = lesson.wireRow("/chat").filter({ hasText: "opened a WebSocket" });
  await opened.getByText("you").waitFor();
  const problem = page.locator("[data-problem-list] > li").filter({ hasText: "Found before" });
  await problem.waitFor({ state: "attached" });
  await clients.has("Delay each answer by 2 s", "menuitemcheckbox");
  await clients.badge.waitFor();
  await stage.restart();
  await page.getByText("The site was restarted: the wire begins anew here").first().waitFor();
  await opened.first().getByText("you").waitFor();
  const over = "The site was restarted, so this is over: each answer is delayed by 2 s.";
  await lesson.notice.getByText(over).waitFor();
  await clients.badge.waitFor({ state: "hidden" });
  assert.equal(await problem.count(), 1);
  await lesson.notice.getByRole("button", { name: "Have it happen again" }).click();
  await clients.badge.filter({ hasText: "delayed by 2 s" }).waitFor();
  assert.deepEqual(await violations(page), []);
  // The next Run begins them anew.
  await lesson.write("index.html", "<!doctype html><title>Mended</title><p>Mended");
  await lesson.run.click();
  await problem.waitFor({ state: "detached" });
});
