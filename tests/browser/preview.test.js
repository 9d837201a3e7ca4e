// A learner's own page that disturbs the lesson around it: by dialogs, by taking the focus, by holding on.

import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { Stage } from "./stage.js";
import { Lesson } from "./steps/lesson.js";

let stage;
before(async () => (stage = await Stage.open()));
after(() => stage.close());

/** A lesson whose server answers with this page. */
async function lessonWith(body) {
  const page = await stage.person();
  const lesson = await Lesson.open(page, stage, "a-websocket-in-html");
  const html = JSON.stringify(`<!doctype html><title>Mine</title>${body}`);
  await lesson.write(
    "server.js",
    `const headers = { "Content-Type": "text/html" };
    export default {
      routes: { "/": () => new Response(${html}, { headers }) },
      fetch: () => new Response("<p>Another page", { headers }),
    };`,
  );
  return lesson;
}

test("dialogs without end are shown a few times, then told of", async () => {
  const lesson = await lessonWith(
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
  assert.equal(await lesson.editor.innerText(), sentence);
  assert.equal(await preview.getByLabel("Name").inputValue(), "");
  // Who goes there by hand stays there.
  await lesson.clickThere(preview.getByLabel("Name"));
  await page.keyboard.type("Ada", { delay: 60 });
  assert.equal(await preview.getByLabel("Name").inputValue(), "Ada");
});

test("a page that asks before it is left holds nobody", async () => {
  const lesson = await lessonWith(`<button>Stay</button><script>
    addEventListener("beforeunload", (event) => event.preventDefault());
    onbeforeunload = () => "stay";
    </script>`);
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
  const lesson = await lessonWith(`<iframe src="/inner" title="Inner"></iframe><script>
    let number = 0;
    const inner = document.querySelector("iframe");
    inner.addEventListener("load", () => {
      if (number < 20) inner.contentWindow.location.href = "/inner/" + (number += 1);
    });
    </script>`);
  const { page } = lesson;
  const entries = await page.evaluate(() => history.length);
  await lesson.start();
  await lesson.wireRow("/inner/20").waitFor();
  await page.waitForTimeout(300);
  assert.equal(await page.evaluate(() => history.length), entries);
});
