// Few ports for sandboxes: checks wait for theirs, fewer are under way at once, and a shortage is never a result.

import assert from "node:assert/strict";
import { once } from "node:events";
import { createServer } from "node:net";
import { after, test } from "node:test";
import { Stage } from "./stage.js";
import { Lesson } from "./steps/lesson.js";

const SLUG = "a-websocket-in-html";

let stage;
let others = [];
const leave = async () => {
  await stage?.close();
  for (const other of others) other.close();
  others = [];
};
after(leave);

/** A site with so many ports: another program has the rest of twelve. */
const withPorts = async (count, first) => {
  await leave();
  for (let port = first + count; port < first + 12; port += 1) {
    const other = createServer().listen(port);
    await once(other, "listening");
    others.push(other);
  }
  stage = await Stage.at("127.0.0.1", "--preview-ports", `${first}-${first + 11}`);
};

const arrives = async () => {
  const lesson = await Lesson.open(await stage.person(), stage, SLUG);
  await lesson.solve();
  await lesson.isSaved();
  return lesson;
};

test("two learners with eight ports have everything checked at once, twice in a row", async () => {
  await withPorts(8, 23_100);
  const lessons = [await arrives(), await arrives()];
  for (let round = 0; round < 2; round += 1) {
    await Promise.all(lessons.map((lesson) => lesson.check()));
    for (const lesson of lessons) await lesson.challengeSays("you have passed this challenge");
  }
  for (const { page } of lessons) assert.deepEqual(page.faults, []);
});

test("checks that others keep waiting say so, and go on", async () => {
  await withPorts(5, 23_120);
  const [first, second] = [await arrives(), await arrives()];
  await first.page.locator("[data-challenge-start]").click();
  await first.page.locator("[data-state=running]").first().waitFor();
  await second.page.locator("[data-challenge-start]").click();
  await second.challengeSays("Waiting for a free port");
  for (const lesson of [first, second])
    await lesson.page.locator("[data-challenge-start]").waitFor({ timeout: 120_000 });
  for (const lesson of [first, second])
    await lesson.challengeSays("you have passed this challenge");
});

test("a check that gets no port could not be tried, which is no result", async () => {
  await withPorts(2, 23_140);
  const lesson = await arrives();
  await lesson.check();
  await lesson.challengeSays(
    "0 of 5 checks passed. 5 could not be tried, because no port was free: check again later.",
  );
  await lesson.isCheck("seen-once", "untried");
  await lesson.checkItem("seen-once").getByText("Could not be tried: no port was free.").waitFor();
  assert.equal(await lesson.page.locator("[data-state=failed]").count(), 0);
  await lesson.page.reload();
  await lesson.ready();
  await lesson.isCheck("seen-once", "ahead");
});
