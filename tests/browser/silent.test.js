// A page in the preview that harms its own learner: by accident, or because somebody else wrote it.

import assert from "node:assert/strict";
import { after, afterEach, before, test } from "node:test";
import { Stage } from "./stage.js";
import { becomes } from "./steps/becomes.js";
import { Lesson } from "./steps/lesson.js";

const SLUG = "a-websocket-in-html";

let stage;
before(async () => (stage = await Stage.open()));
afterEach(() => stage.clear());
after(() => stage.close());

const page = (script) => `<!doctype html><p id="mine">mine</p><script>${script}</script>`;

async function runs(person, script) {
  const lesson = await Lesson.open(person, stage, SLUG);
  await lesson.write("index.html", page(script));
  await lesson.start();
  await lesson.preview.locator("#mine").waitFor();
  return lesson;
}

test("a loop in one's own page is said, and Run ends it", async () => {
  const person = await stage.person();
  const lesson = await runs(person, "setTimeout(() => { for (;;); }, 1200)");
  await lesson.notice.getByText("did not answer for 5 s").waitFor();
  // Mended, and run again.
  await lesson.write("index.html", `<!doctype html><p id="mended">mended</p>`);
  await lesson.run.click();
  await lesson.preview.locator("#mended").waitFor();
  assert.deepEqual(person.faults, []);
});

test("Reload and Stop end it as well", async () => {
  const person = await stage.person();
  const once = "if (sessionStorage.seen) document.body.append(' again');";
  const lesson = await runs(
    person,
    `${once} else { sessionStorage.seen = 1; setTimeout(() => { for (;;); }, 1200); }`,
  );
  await lesson.notice.getByText("did not answer for 5 s").waitFor();
  await lesson.press("reload");
  await lesson.preview.getByText("again").waitFor();

  await lesson.write("index.html", page("setTimeout(() => { for (;;); }, 1200)"));
  await lesson.run.click();
  await lesson.preview.locator("#mine").waitFor();
  await lesson.notice.getByText("did not answer for 5 s").waitFor();
  await person.locator("[data-stop]").click();
  await lesson.isInState("stopped");
  await becomes(() => person.locator("iframe").count(), 0);
});

test("what a page says reaches neither links nor more of the console than its budget", async () => {
  const person = await stage.person();
  const lesson = await runs(
    person,
    `const say = (rest) => parent.postMessage({ from: "hxlab-preview", ...rest }, "*");
     addEventListener("load", () => {
       say({ type: "location", url: "javascript:alert(1)", back: true });
       say({ type: "location", url: "https://elsewhere.example/" });
       say({ type: "console", entries: [null, 1, { level: "x", text: "bad" }, { level: "log", text: {} }] });
       for (let at = 0; at < 20000; at += 1)
         say({ type: "console", entries: [{ at: 0, level: "log", text: "flood " + at }] });
       setInterval(() => say({ type: "console", entries: [{ level: "log", text: "after it" }] }), 500);
     });`,
  );
  await lesson.consoleSays("after it");
  assert.match(await lesson.outside(), /^http:\/\/[a-z2-7]{26}\.hxlab\.localhost/);
  const lines = await person
    .locator("[data-console-list]")
    .getByText(/^flood/)
    .count();
  assert.ok(lines > 0 && lines <= 1000, `${lines} lines`);
  assert.deepEqual(person.faults, []);
});
