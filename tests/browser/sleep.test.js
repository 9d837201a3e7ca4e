// A server that nobody uses is put to sleep, and the next request wakes it.

import assert from "node:assert/strict";
import { after, afterEach, before, test } from "node:test";
import { Stage } from "./stage.js";
import { Lesson } from "./steps/lesson.js";

let stage;
before(async () => (stage = await Stage.open("--sleep-after", "1")));
afterEach(() => stage.clear());
after(() => stage.close());

const counting = `let visits = 0;
export default {
  routes: { "/": () => new Response("visit " + (visits += 1)) },
  fetch: () => new Response("", { status: 404 }),
};
`;

test("a server sleeps without clients, says what it forgot, and wakes with the next request", async () => {
  const page = await stage.person();
  const lesson = await Lesson.open(page, stage, "a-websocket-in-html");
  await lesson.write("server.js", counting);
  await lesson.start();
  await lesson.preview.getByText("visit 1").waitFor();

  await lesson.isInState("asleep");
  await lesson.words.filter({ hasText: "Asleep: the next request wakes it" }).waitFor();
  await lesson.consoleSays("without what it held in memory");
  await lesson.preview.getByText("visit 1").waitFor();

  await lesson.press("reload");
  await lesson.preview.getByText("visit 1").waitFor();
  await lesson.consoleSays("Run 2");
  assert.deepEqual(page.faults, []);
});
