// A challenge: checks that act in real clients of the learner's own code.

import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { Stage } from "./stage.js";
import { Lesson } from "./steps/lesson.js";

let stage;
before(async () => (stage = await Stage.open()));
after(() => stage.close());

const SLUG = "a-websocket-in-html";

test("the starter fails with what was expected and found, the solution passes and stays passed", async () => {
  const page = await stage.person();
  const lesson = await Lesson.open(page, stage, SLUG);
  await lesson.check();
  await lesson.isCheck("seen-once", "passed");
  await lesson.isCheck("input-empty", "failed");
  const found = lesson.checkItem("input-empty");
  await found.getByText("The form can reset itself").waitFor();
  await found.locator("[data-expected]").getByText("to have the value").waitFor();
  await found.getByRole("button", { name: "Show it on the wire" }).click();
  await page.locator("[data-wire-list] [aria-selected=true]").waitFor();

  await lesson.solve();
  await lesson.check();
  await lesson.challengeSays("you have passed this challenge");
  await lesson.write("chat.js", "this is no JavaScript");
  await lesson.check();
  await lesson.challengeSays("0 of 5 checks passed");
  await lesson.checkItem("seen-once").getByText("SyntaxError").waitFor();
  await page.reload();
  await lesson.ready();
  await lesson.challengeSays("It stays passed");
  assert.deepEqual([page.faults, page.blocked, page.strangers], [[], [], []]);
});

test("the checks are stopped by the keyboard, and what was checked is kept", async () => {
  const page = await stage.person();
  const lesson = await Lesson.open(page, stage, SLUG);
  await page.locator("[data-challenge-start]").press("Enter");
  await lesson.isCheck("seen-once", "passed");
  await page.getByRole("button", { name: "Stop", exact: true }).last().press("Enter");
  await lesson.challengeSays("Stopped");
  await page.reload();
  await lesson.isCheck("seen-once", "passed");
  assert.deepEqual(page.faults, []);
});

test("what is expected can be read without JavaScript", async () => {
  const page = await stage.person({ javaScriptEnabled: false });
  await page.goto(`${stage.site}/lessons/${SLUG}`);
  await page.getByText("After Send, the message input is empty.").waitFor();
  await page.getByText("The checks need JavaScript.").waitFor();
});

test("a result that the server's log does not bear out is not a pass", async () => {
  const page = await stage.person();
  const lesson = await Lesson.open(page, stage, SLUG);
  await lesson.isSaved().catch(() => {});
  const verdict = await page.evaluate(async (slug) => {
    const post = async (path, body) => {
      const sent = {
        method: "POST",
        body: JSON.stringify(body),
        headers: { "Content-Type": "application/json" },
      };
      return (await fetch(path, sent)).json();
    };
    const { files } = await (await fetch(`/lessons/${slug}/starter`)).json();
    const { trial } = await post(`/lessons/${slug}/challenge`, { version: 0, files });
    const check = `/trials/${trial}/checks/seen-once`;
    await post(`${check}/begin`, {});
    return post(`${check}/end`, { passed: true, evidence: {} });
  }, SLUG);
  assert.equal(verdict.passed, false);
  assert.match(verdict.evidence.expected, /message from the page of Alice/);
});
