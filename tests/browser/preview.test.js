// A learner's own page that disturbs the lesson around it: by dialogs, by taking the focus, by holding on.

import assert from "node:assert/strict";
import { after, afterEach, before, test } from "node:test";
import { Stage } from "./stage.js";
import { becomes } from "./steps/becomes.js";
import { lessonWith } from "./steps/mine.js";

let stage;
before(async () => (stage = await Stage.open()));
afterEach(() => stage.clear());
after(() => stage.close());

test("dialogs without end are shown a few times, then told of", async () => {
  const lesson = await lessonWith(
    stage,
    `<button disabled onclick="this.textContent = confirm('Sure?')">Ask</button><script>
    let asked = 0;
    const timer = setInterval(() => {
      alert("again");
      if ((asked += 1) < 50) return;
      clearInterval(timer);
      document.querySelector("button").disabled = false;
    }, 20);
    </script>`,
  );
  const { page, preview } = lesson;
  const asked = [];
  page.on("dialog", (dialog) => {
    asked.push(dialog.message());
    dialog.accept();
  });
  // While a dialog is open a click is lost.
  await page.getByRole("tab", { name: /^Console/ }).click();
  await lesson.start();
  await lesson.consoleSays("asks by a dialog more often than anybody can answer");
  const shown = asked.length;
  assert.ok(shown <= 10, `${shown} dialogs`);
  await lesson.clickThere(preview.getByRole("button", { name: "Ask" }));
  await preview.getByRole("button", { name: "true" }).waitFor();
  assert.ok(asked.includes("Sure?"));
});

test("a page that takes the focus does not take what is typed", async () => {
  const lesson = await lessonWith(
    stage,
    `<input autofocus aria-label="Name"><dialog>News <button>Close</button></dialog><script>
    const [input, dialog] = document.querySelectorAll("input, dialog");
    setInterval(() => input.focus(), 50);
    setTimeout(() => dialog.showModal(), 2000);
    setTimeout(() => dialog.close(), 4000);
    </script>`,
  );
  const { page, preview } = lesson;
  await lesson.start();
  // Whatever the test asks of the page counts as a click in it, so it asks nothing before.
  await lesson.wireRow("/").first().waitFor();
  await page.waitForTimeout(500);
  await lesson.show("style.css");
  await lesson.editor.click();
  await page.keyboard.press("ControlOrMeta+a");
  const sentence = "/* what is typed stays in the code, letter by letter */";
  await page.keyboard.type(sentence, { delay: 30 });
  await becomes(() => lesson.editor.innerText(), sentence);
  assert.equal(await preview.getByLabel("Name").inputValue(), "");
  // Who goes there by hand stays there.
  await lesson.clickThere(preview.getByLabel("Name"));
  await page.keyboard.type("Ada", { delay: 60 });
  await becomes(() => preview.getByLabel("Name").inputValue(), "Ada");
});

test("a page that asks before it is left holds nobody", async () => {
  const lesson = await lessonWith(
    stage,
    `<button>Stay</button><script>
    addEventListener("beforeunload", (event) => event.preventDefault());
    onbeforeunload = () => "stay";
    </script>`,
  );
  const { page, preview } = lesson;
  const asked = [];
  page.on("dialog", (dialog) => {
    asked.push(dialog.type());
    dialog.dismiss();
  });
  await lesson.start();
  await lesson.clickThere(preview.getByRole("button", { name: "Stay" }));
  await lesson.goTo("/another");
  await preview.getByText("Another page").waitFor();
  await lesson.press("back");
  await lesson.clickThere(preview.getByRole("button", { name: "Stay" }));
  await page.goto(`${stage.site}/`);
  assert.deepEqual(asked, []);
});

test("frames in the page add nothing to the lesson's history", async () => {
  const lesson = await lessonWith(
    stage,
    `<iframe src="/inner" title="Inner"></iframe><script>
    let number = 0;
    const inner = document.querySelector("iframe");
    inner.addEventListener("load", () => {
      if (number < 20) inner.contentWindow.location.href = "/inner/" + (number += 1);
    });
    </script>`,
  );
  const { page } = lesson;
  const entries = await page.evaluate(() => history.length);
  await lesson.start();
  await lesson.wireRow("/inner/20").waitFor();
  await page.waitForTimeout(300);
  assert.equal(await page.evaluate(() => history.length), entries);
});

const FRAMES = {
  "a frame of srcdoc that jumps": `<iframe srcdoc="<script>
    let number = 0;
    const timer = setInterval(() => {
      location.hash = 'place-' + (number += 1);
      if (number === 10) { clearInterval(timer); parent.fetch('/done'); }
    }, 30);
    </script>"></iframe>`,
  "a frame of srcdoc that pushes": `<iframe srcdoc="<script>onload = () => setTimeout(() => {
      for (let number = 0; number < 10; number += 1) history.pushState(number, '');
      parent.fetch('/done');
    }, 100);
    </script>"></iframe>`,
  "a frame of data: that is set again and again": `<iframe></iframe><script>
    let number = 0;
    const frame = document.querySelector("iframe");
    frame.addEventListener("load", () => {
      if ((number += 1) > 10) return void fetch("/done");
      const data = "data:text/html," + number;
      // What is set before the load is over replaces the frame's entry by itself.
      setTimeout(() => number % 2 ? (frame.src = data) : frame.setAttribute("src", data), 30);
    });
    frame.src = "data:text/html,0";
    </script>`,
  "a frame whose page's history the page pushes to": `<iframe src="/inner"></iframe><script>
    document.querySelector("iframe").addEventListener("load", ({ target }) => {
      for (let number = 0; number < 10; number += 1)
        target.contentWindow.history.pushState(number, "", "/inner/" + number);
      fetch("/done");
    });
    </script>`,
};

for (const [name, body] of Object.entries(FRAMES)) {
  test(`Back leaves the lesson in one step: ${name}`, async () => {
    const lesson = await lessonWith(stage, body);
    const { page } = lesson;
    const entries = await page.evaluate(() => history.length);
    await lesson.start();
    await lesson.wireRow("/done").waitFor();
    assert.equal(await page.evaluate(() => history.length), entries);
    await page.goBack();
    assert.equal(page.url(), "about:blank");
  });
}

test("what a frame adds to the history that nobody can keep it from is said", async () => {
  const lesson = await lessonWith(
    stage,
    `<iframe src="data:text/html,<script>onload = () => setTimeout(() => (location.hash = 'there'), 100)</script>"></iframe>`,
  );
  await lesson.start();
  await lesson.consoleSays("Back leaves the lesson only after what the frame has added");
});

test("a page that logs without end is cut short, and how much is left out is said", async () => {
  const lesson = await lessonWith(
    stage,
    `<script>
    console.log("x".repeat(5_000_000));
    console.log([..."many"], { inner: "y".repeat(5_000_000) });
    console.log((function* () { for (;;) yield 1; })());
    const long = "z".repeat(30_000);
    setInterval(() => console.log(long), 5);
    </script>`,
  );
  await lesson.start();
  const long = lesson.page.locator("[data-console-list]").getByText("(4980000 more characters");
  await long.first().waitFor({ state: "attached" });
  await lesson.consoleSays(/messages of the page are left out: it says more than/);
  const shown = await lesson.page
    .locator("[data-console-list]")
    .evaluate((list) => list.textContent.length);
  assert.ok(shown < 8_000_000, `${shown} characters`);
});

test("what a page posts past its script is not unpacked once it was too long", async () => {
  const lesson = await lessonWith(
    stage,
    `<button>Say</button><script>
    const text = "x".repeat(20_000_000);
    const say = (text) => parent.postMessage(
      { from: "hxlab-preview", type: "console", entries: [{ level: "log", text }], left: 0 }, "*");
    document.querySelector("button").onclick = () => {
      say(text);
      say("after it");
    };
    </script>`,
  );
  await lesson.start();
  await lesson.clickThere(lesson.preview.getByRole("button", { name: "Say" }));
  await lesson.consoleSays(/more messages? of the page (is|are) left out/);
  const list = lesson.page.locator("[data-console-list]");
  assert.equal(await list.getByText("after it").count(), 0);
});
