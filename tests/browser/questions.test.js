// Questions: judged by the server, with and without JavaScript; what is right is told only to who has
// found it.

import assert from "node:assert/strict";
import { after, afterEach, before, test } from "node:test";
import { Stage } from "./stage.js";
import { becomes } from "./steps/becomes.js";
import { violations } from "./steps/everybody.js";

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

// The steps of the question ws-order, in their order, by how they begin.
const STEPS = ["Her page", "server.upgrade", "open", "Ada presses", "server.publish", "htmx looks"];

let stage;
before(async () => (stage = await Stage.open()));
afterEach(() => stage.clear());
after(() => stage.close());

async function openQuestion(options = {}, id = "ws-matching", address = ADDRESS) {
  const page = await stage.person(options);
  await page.goto(stage.site + address);
  const question = page.locator(`#question-${id}`);
  const check = async (...labels) => {
    for (const label of labels) await question.getByText(label, { exact: true }).click();
    await question.locator(`#question-${id}-check`).click();
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
  await becomes(() => page.locator("#trouble").innerText(), "");
});

test("what is done shows on the lesson and on the path", async () => {
  const { page, check, ended } = await openQuestion();
  await check(RIGHT);
  await ended("correct");
  await page.locator("#standing").filter({ hasText: "1 of 5" }).waitFor();
  const text = page.locator("#question-ws-broadcast");
  await text.getByLabel("Your answer").fill("ws.publish");
  await text.locator("[id$=-check]").click();
  await page.locator("#standing").filter({ hasText: "2 of 5" }).waitFor();
  const several = page.locator("#question-ws-sent");
  for (const at of [0, 2, 3]) await several.getByRole("checkbox").nth(at).check();
  await several.locator("[id$=-check]").click();
  await page.locator("#question-ws-sent[data-outcome=correct]").waitFor();
  const code = page.locator("#question-ws-here");
  await code.getByLabel("Your HTML").fill("<p id=here>2 here");
  await code.locator("[id$=-check]").click();
  await page.locator("#question-ws-here[data-outcome=correct]").waitFor();
  await putInOrder(page, page.locator("#question-ws-order"), STEPS);
  await page.locator("#question-ws-order [id$=-check]").click();
  await page.locator("#question-ws-order[data-outcome=correct]").waitFor();
  await page.locator("#standing").filter({ hasText: "challenge open" }).waitFor();
  await page.locator("#read-button").click();
  await page.goto(stage.site);
  const station = page.locator(`.path-wide a.station[href$="${ADDRESS}"]`);
  assert.equal(await station.getAttribute("data-state"), "started");
  await page.getByText(/answered 5 of \d+, 5 right/).waitFor();
});

const stepTexts = (question) => question.locator(".step-text").allInnerTexts();

// By the keyboard alone: each step is moved up to its place by its button.
async function putInOrder(page, question, order) {
  for (const [place, begin] of order.entries()) {
    const at = (await stepTexts(question)).findIndex((text) => text.trim().startsWith(begin));
    if (at === place) continue;
    await question
      .locator(".step")
      .nth(at)
      .getByRole("button", { name: /^Move up/ })
      .focus();
    for (let moved = at; moved > place; moved -= 1) await page.keyboard.press("ArrowUp");
  }
}

test("steps are put in order by the keyboard, told where they stand, and by dragging", async () => {
  const { page, question, check, ended } = await openQuestion({}, "ws-order");
  await putInOrder(page, question, STEPS.toReversed());
  await page
    .locator("#announcer")
    .filter({ hasText: /place \d of 6/ })
    .waitFor();
  const focused = await page.evaluate(() => document.activeElement.className);
  assert.equal(focused, "step-move");
  await check();
  await ended("incorrect");
  assert.ok((await stepTexts(question))[0].trim().startsWith("htmx looks"));
  assert.equal(await question.locator("li[data-mark=wrong]").count(), 5);

  await putInOrder(page, question, [...STEPS.slice(1), STEPS[0]]);
  await question.locator(".step-handle").nth(5).hover();
  const [first, last] = await Promise.all(
    [0, 5].map((at) => question.locator(".step").nth(at).boundingBox()),
  );
  await page.mouse.down();
  await page.mouse.move(last.x + 20, last.y - 10, { steps: 5 });
  await page.mouse.move(first.x + 20, first.y + first.height / 2, { steps: 20 });
  await page.mouse.up();
  assert.ok((await stepTexts(question))[0].trim().startsWith("Her page"));
  await check();
  await ended("correct");
  assert.deepEqual(page.faults, []);
});

test("steps are put in order without JavaScript", async () => {
  const { question, check, ended } = await openQuestion({ javaScriptEnabled: false }, "ws-order");
  const texts = await stepTexts(question);
  for (const [at, text] of texts.entries()) {
    const place = STEPS.findIndex((begin) => text.trim().startsWith(begin));
    await question
      .getByLabel("Place")
      .nth(at)
      .selectOption(String(place + 1));
  }
  await check();
  await ended("correct");
});

for (const javaScriptEnabled of [true, false]) {
  const how = javaScriptEnabled ? "with" : "without";

  test(`pairs are matched one by one, ${how} JavaScript`, async () => {
    const { question, check, ended } = await openQuestion(
      { javaScriptEnabled },
      "push-match",
      "/lessons/the-address-bar",
    );
    const selects = question.getByRole("combobox");
    const rights = [
      "pushes the address that was fetched",
      "pushes this path, whatever was fetched",
    ];
    rights.push("pushes nothing, in spite of the attribute", "loads the whole page anew");
    for (const [at, label] of rights.entries()) await selects.nth(at).selectOption({ label });
    await check();
    await ended("partial");
    assert.equal(await question.locator(".pair[data-mark=right]").count(), 3);
    await selects.nth(3).selectOption({ label: "changes the address without a new entry" });
    await check();
    await ended("correct");
  });

  test(`gaps are filled in the code and told one by one, ${how} JavaScript`, async () => {
    const { page, question, check, ended } = await openQuestion(
      { javaScriptEnabled },
      "sse-listen",
      "/lessons/server-sent-events",
    );
    await question.getByLabel("Gap 1").fill("data-sse-connect");
    await question.getByLabel("Gap 2").fill("sse-swap");
    await question.getByLabel("Gap 3").fill("beforeend");
    await check();
    await ended("partial");
    await question.getByText("That adds below the others.").waitFor();
    assert.equal(await question.getByLabel("Gap 3").getAttribute("aria-invalid"), "true");
    if (javaScriptEnabled) assert.deepEqual(await violations(page), []);
    await question.getByLabel("Gap 3").fill("afterbegin");
    await check();
    await ended("correct");
  });

  test(`code that breaks off is not counted and not lost, ${how} JavaScript`, async () => {
    const { page, question, ended } = await openQuestion({ javaScriptEnabled }, "ws-here");
    const broken = '<p id="here>2 here</p>';
    await question.getByLabel("Your HTML").fill(broken);
    await question.locator("[id$=-check]").click();
    await page.getByText("a tag does not end").first().waitFor();
    assert.equal(await question.getByLabel("Your HTML").inputValue(), broken);
    await question.getByLabel("Your HTML").fill("<p>2 here</p>");
    await question.locator("[id$=-check]").click();
    if (!javaScriptEnabled) await page.waitForURL("**/lessons/**#question-ws-here");
    await ended("incorrect");
    await question.getByText("4 of 5 tries left").waitFor();
  });

  test(`three misses offer the answer, and a look at it ends the tries, ${how} JavaScript`, async () => {
    const { page, question, ended } = await openQuestion({ javaScriptEnabled }, "ws-broadcast");
    for (const [at, miss] of ["a", "b", "c"].entries()) {
      assert.equal(await question.getByRole("button", { name: "Show the answer" }).count(), 0);
      await question.getByLabel("Your answer").fill(miss);
      await question.getByRole("button", { name: /Check|Try again/ }).click();
      await question.getByText(`${4 - at} of 5 tries left`).waitFor();
    }
    await ended("incorrect");
    await question.getByRole("button", { name: "Show the answer" }).click();
    await question.getByText("No more tries now.").waitFor();
    await question.locator(".model").getByText("ws.publish").waitFor();
    assert.equal(await question.getByLabel("Your answer").isDisabled(), true);
    await page.goto(`${stage.site}/review`);
    await page.getByText("1 question comes back later").waitFor();
    if (javaScriptEnabled) assert.deepEqual(await violations(page), []);
  });
}

test("all kinds are for everybody, wide and narrow, in both themes", async () => {
  for (const colorScheme of ["light", "dark"]) {
    for (const width of [1440, 375]) {
      const page = await stage.person({ colorScheme, viewport: { width, height: 800 } });
      const first = {
        "a-websocket-in-html": "ws-matching",
        "server-sent-events": "sse-format",
        "the-address-bar": "push-true",
      };
      for (const [slug, id] of Object.entries(first)) {
        await page.goto(`${stage.site}/lessons/${slug}`);
        const question = page.locator(`#question-${id}`);
        await question.getByRole("radio").first().check();
        await question.locator("[id$=-check]").click();
        await question.locator(".verdict").waitFor();
        assert.deepEqual(await violations(page), [], `${slug} ${width} ${colorScheme}`);
      }
    }
  }
});
