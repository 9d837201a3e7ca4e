// What a challenge's results say, and how long they stay.

import assert from "node:assert/strict";
import { after, afterEach, before, test } from "node:test";
import { Stage } from "./stage.js";
import { becomes } from "./steps/becomes.js";
import { Lesson } from "./steps/lesson.js";

let stage;
before(async () => (stage = await Stage.open()));
afterEach(() => stage.clear());
after(() => stage.close());

const SLUG = "a-websocket-in-html";

const opened = async () => Lesson.open(await stage.person(), stage, SLUG);

/** A server, and what it does when a page connects. */
const onOpen = (act) => `export default {
  fetch: (req, server) => (server.upgrade(req) ? undefined : new Response("no socket")),
  websocket: {
    open() {
      ${act}
    },
    message() {},
  },
};`;

for (const [what, act, words] of [
  ["a loop", "for (;;);", /The server was stopped because .*\(limit “turn”\).* server\.js, line 5/],
  ["an exit", "process.exit(1);", /The server's process died/],
]) {
  test(`${what} that ended the server is said first, and after a reload`, async () => {
    const lesson = await opened();
    await lesson.write("server.js", onOpen(act));
    await lesson.check();
    const isFirst = async () => {
      const sum = lesson.page.locator("[data-challenge-words]").getByText(/Look first at this one/);
      const [, expects] = (await sum.innerText()).split("Look first at this one: ");
      const first = lesson.page.locator("[data-check]").filter({ hasText: expects });
      await first.locator("[data-ended]").filter({ hasText: words }).waitFor();
    };
    await isFirst();
    await lesson.page.reload();
    await isFirst();
  });
}

test("results stay when the next try is stopped, and their sum after a reload", async () => {
  const lesson = await opened();
  await lesson.check();
  await lesson.isCheck("input-empty", "failed");
  await lesson.challengeSays(/3 of 5 checks passed\. Look first at this one: \S/);
  const sum = await lesson.page.locator("[data-challenge-words]").innerText();
  const start = lesson.page.locator("[data-challenge-start]");
  await start.click();
  await lesson.isCheck("input-empty", "running");
  await lesson.page.locator("[data-challenge-stop]").click();
  await lesson.challengeSays("Stopped");
  const found = lesson.checkItem("input-empty");
  await found.locator("[data-found]").getByText("it holds “One”").waitFor();
  await found.getByRole("button", { name: "Show it" }).waitFor();
  await lesson.page.reload();
  await lesson.ready();
  await lesson.challengeSays(sum);
});

test("a server that does not start is one error, and the other checks are not tried", async () => {
  const lesson = await opened();
  await lesson.write("server.js", "this is no JavaScript");
  for (let time = 0; time < 3; time += 1) {
    await lesson.check();
    await lesson.challengeSays("Your server does not start: SyntaxError");
    await becomes(() => lesson.page.locator("[data-check][data-state=failed]").count(), 1);
    await becomes(() => lesson.page.locator("[data-check][data-state=ahead]").count(), 4);
  }
  const expected = lesson.page.locator("[data-state=failed] [data-expected]");
  await becomes(() => expected.innerText(), "server.js starts.");
  await lesson.page.reload();
  await lesson.ready();
  await becomes(() => lesson.page.locator("[data-check][data-state=failed]").count(), 1);
  await becomes(() => expected.innerText(), "server.js starts.");
});

/** What each of a check's clients says first arrives late, as on a machine with too much to do; both together well within
 * the time that the check has. */
function hearLate() {
  if (window !== top) return;
  const listen = window.addEventListener.bind(window);
  window.addEventListener = (type, hear, ...rest) => {
    const said = new Map();
    const late = (event) => {
      const times = said.get(event.source) ?? 0;
      if (event.data?.from !== "hxlab-client" || times === 2) return hear(event);
      said.set(event.source, times + 1);
      return setTimeout(() => hear(event), 1500);
    };
    listen(type, type === "message" ? late : hear, ...rest);
  };
}

test("a page that is silent for seconds after it has loaded is no other kind of page", async () => {
  const page = await stage.person();
  await page.addInitScript(hearLate);
  const lesson = await Lesson.open(page, stage, SLUG);
  await lesson.solve();
  await lesson.check();
  await becomes(() => lesson.checkItem("seen-once").getAttribute("data-state"), "passed");
  assert.equal(await page.getByText("no HTML page").count(), 0);
});

test("an answer that is no page is named by its type", async () => {
  const lesson = await opened();
  await lesson.write(
    "server.js",
    `export default { routes: { "/": new Response("plain") }, fetch: () => new Response("x") };`,
  );
  await lesson.check();
  const found = lesson.checkItem("seen-once").locator("[data-found]");
  await found.getByText("no HTML page, but text/plain").waitFor();
});
