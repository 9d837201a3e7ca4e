// Questions: judged by the server, with and without JavaScript; what is right is told only to who has
// found it.

import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { Stage } from "./stage.js";

const ADDRESS = "/lessons/a-websocket-in-html";
const WRONG = "Ten lines: “Hi” is added at the end.";
const RIGHT = "One line: “Hi”.";
const WHY_WRONG = "Without it, an id alone means replace.";
const HINT = "What is the default when only the id matches?";
// The feedback beside the right choice, and the explanation.
const SECRETS = [
  "the nine old lines go with it",
  "Matching by id replaces",
  "Matching by <code>id</code> replaces",
];

let stage;
before(async () => (stage = await Stage.open()));
after(() => stage.close());

async function openQuestion(options = {}, id = "ws-matching") {
  const page = await stage.person(options);
  await page.goto(stage.site + ADDRESS);
  const question = page.locator(`#question-${id}`);
  const check = async (...labels) => {
    for (const label of labels) await question.getByText(label, { exact: true }).click();
    await question.getByRole("button").click();
  };
  const ended = (outcome) => page.locator(`#question-${id}[data-outcome=${outcome}]`).waitFor();
  return { page, question, check, ended };
}

const tellsNothing = (html) => {
  for (const secret of SECRETS) assert.ok(!html.includes(secret), `it reveals “${secret}”`);
};

for (const javaScriptEnabled of [true, false]) {
  const how = javaScriptEnabled ? "with" : "without";

  test(`a wrong choice, a hint, the right choice, ${how} JavaScript`, async () => {
    const { page, question, check, ended } = await openQuestion({ javaScriptEnabled });
    tellsNothing(await page.content());
    await check(WRONG);
    await ended("incorrect");
    await question.getByText(WHY_WRONG).waitFor();
    await question.getByText(HINT).waitFor();
    assert.equal(await question.getByText(SECRETS[1]).count(), 0);
    tellsNothing(await page.content());

    await check(RIGHT);
    await ended("correct");
    await question.getByText(SECRETS[0]).waitFor();
    await question.getByText(SECRETS[1]).waitFor();
    assert.equal(await question.getByLabel(RIGHT).isChecked(), true);

    await page.reload();
    await ended("correct");
    assert.deepEqual(page.faults, []);
  });
}

test("neither the page nor an answer to a wrong attempt holds what is right", async () => {
  const { page } = await openQuestion();
  const asked = (headers) =>
    page.evaluate(
      ([address, more]) =>
        fetch(address, {
          method: "POST",
          headers: { "Content-Type": "application/x-www-form-urlencoded", ...more },
          body: "choice=0",
        }).then((response) => response.text()),
      [`${ADDRESS}/questions/ws-matching`, headers],
    );
  tellsNothing(await asked({ "HX-Request": "true" }));
  tellsNothing(await asked({}));
  const page2 = await page.evaluate((address) => fetch(address).then((it) => it.text()), ADDRESS);
  tellsNothing(page2);
});

test("several choices: a part of them is not all, and says so", async () => {
  const { question, check, ended } = await openQuestion({}, "ws-sent");
  await check("One WebSocket message of JSON text");
  await ended("partial");
  assert.equal(await question.locator("li[data-mark=missed]").count(), 0);
  await check(
    "The values of message and room, each under its name",
    "An object HEADERS with HX-Current-URL and others",
  );
  await ended("correct");
});

test("a short text: an expected mistake is answered, spelling is forgiven", async () => {
  const { page, question, check, ended } = await openQuestion({}, "ws-broadcast");
  await question.getByLabel("Your answer").fill("server.publish");
  await page.keyboard.press("Enter");
  await ended("incorrect");
  await question.getByText("Which one leaves out the sender?").waitFor();
  assert.equal(await question.getByLabel("Your answer").inputValue(), "server.publish");
  await question.getByLabel("Your answer").fill("  “WS.publish” ");
  await check();
  await ended("correct");
});

test("the keyboard answers, is told the verdict and keeps its place", async () => {
  const { page, question, ended } = await openQuestion();
  await question.getByLabel(WRONG).focus();
  await page.keyboard.press("Space");
  await page.keyboard.press("Enter");
  await ended("incorrect");
  await page
    .locator("#announcer")
    .filter({ hasText: /Question 1:/ })
    .waitFor();
  const focused = () => page.evaluate(() => document.activeElement.id);
  assert.equal(await focused(), "question-ws-matching-choice-0");
  await page.keyboard.press("ArrowDown");
  await page.keyboard.press("Enter");
  await ended("correct");
  assert.equal(await focused(), "question-ws-matching-choice-1");
});

test("an answer while the server is away is not lost, and is sent again", async () => {
  const { page, question, check, ended } = await openQuestion({}, "ws-broadcast");
  await question.getByLabel("Your answer").fill("ws.publish");
  await page.context().setOffline(true);
  await check();
  await page.locator("#trouble").filter({ hasText: "does not answer" }).waitFor();
  assert.equal(await question.getByLabel("Your answer").inputValue(), "ws.publish");
  await page.context().setOffline(false);
  await check();
  await ended("correct");
  assert.equal(await page.locator("#trouble").innerText(), "");
});

test("what is done shows on the lesson and on the path", async () => {
  const { page, check, ended } = await openQuestion();
  await check(RIGHT);
  await ended("correct");
  await page.locator("#standing").filter({ hasText: "1 of 3" }).waitFor();
  const text = page.locator("#question-ws-broadcast");
  await text.getByLabel("Your answer").fill("ws.publish");
  await text.getByRole("button").click();
  await page.locator("#standing").filter({ hasText: "2 of 3" }).waitFor();
  const several = page.locator("#question-ws-sent");
  for (const at of [0, 2, 3]) await several.getByRole("checkbox").nth(at).check();
  await several.getByRole("button").click();
  await page.locator("#question-ws-sent[data-outcome=correct]").waitFor();
  await page.locator("#read-button").click();
  await page.locator("#standing[data-state=done]").waitFor();
  await page.goto(stage.site);
  const station = page.locator(`.path-wide a.station[href$="${ADDRESS}"]`);
  assert.equal(await station.getAttribute("data-state"), "done");
  await page.getByText(/^1 of \d+ lessons done/).waitFor();
});
