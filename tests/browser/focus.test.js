// A learner's own page that takes the focus in each way that there is: what is typed in the lesson stays there.

import assert from "node:assert/strict";
import { after, afterEach, before, test } from "node:test";
import { Stage } from "./stage.js";
import { Clients } from "./steps/clients.js";
import { becomes } from "./steps/becomes.js";
import { lessonWith } from "./steps/mine.js";

let stage;
before(async () => (stage = await Stage.open()));
afterEach(() => stage.clear());
after(() => stage.close());

/** Each way by its name, which is its address as well, and what the page then does every 70 ms, fifty times. A
 * key with Ctrl that meets the theft goes to the page, so the code is not selected first. */
const WAYS = {
  focus: `input.focus()`,
  select: `input.select()`,
  range: `input.setSelectionRange(0, 1)`,
  hash: `location.hash = ""; location.hash = "input"`,
  show: `dialog.close(); dialog.show()`,
  modal: `dialog.close(); dialog.showModal()`,
  popover: `popover.hidePopover(); popover.showPopover()`,
  validity: `needed.reportValidity()`,
  label: `label.click()`,
  window: `focus()`,
  frame: `frame.contentWindow.focus()`,
  "frame-field": `frame.contentDocument.querySelector("input").focus()`,
  "frame-script": `frame.contentWindow.act()`,
  swap: `swapped.innerHTML = "<input autofocus>"; swapped.firstChild.focus()`,
};

const sorted = (text) => [...text].sort().join("");

const PAGE = `<!doctype html><title>Mine</title>
  <input id="input" aria-label="Name"><dialog id="dialog"><input></dialog>
  <div id="popover" popover="manual"><input autofocus></div>
  <form><input id="needed" required></form><label id="label">Label <input></label>
  <div id="swapped"></div><iframe id="frame"
    srcdoc="<input><script>act = () => { focus(); document.querySelector('input').select() }</script>"></iframe>
  <script>
  for (const element of document.querySelectorAll("[id]")) window[element.id] = element;
  const ways = {${Object.entries(WAYS).map(([way, act]) => `"/${way}": () => { ${act} }`)}};
  document.body.append(location.pathname);
  let left = 50;
  const steal = ways[location.pathname];
  setInterval(() => {
    if (!steal || left === 0) return;
    steal();
    if ((left -= 1) === 0) fetch("/over" + location.pathname);
  }, 70);
  </script>`;

test("what is typed stays in the code, whatever way a page takes the focus by", async () => {
  const lesson = await lessonWith(stage, "<p>Mine", PAGE);
  const { page, preview } = lesson;
  await lesson.start();
  await lesson.show("style.css");
  for (const way of Object.keys(WAYS)) {
    await lesson.goTo(`/${way}`);
    await lesson.wireRow(`/${way}`).first().waitFor();
    await lesson.editor.click();
    const shown = await lesson.editor.innerText();
    const sentence = `/* ${way}: what is typed stays in the code, letter by letter */`;
    await page.keyboard.type(sentence, { delay: 30 });
    await lesson.wireRow(`/over/${way}`).first().waitFor();
    await lesson.editor.evaluate(hasLength, shown.length + sentence.length);
    // Where the focus is stolen fourteen times a second, two neighbours may change places on a busy machine.
    const text = await lesson.editor.innerText();
    assert.equal(sorted(text), sorted(shown + sentence), `${way}: ${text}`);
  }
  // Who goes there by hand stays there, by a click and by Tab.
  await lesson.goTo("/by-hand");
  await preview.getByText("/by-hand").waitFor();
  await lesson.clickThere(preview.getByLabel("Name"));
  await page.keyboard.type("Ada", { delay: 60 });
  await becomes(() => preview.getByLabel("Name").inputValue(), "Ada");
  await page.locator("[data-preview-reload]").click();
  await preview.getByLabel("Name").waitFor();
  await lesson.address.focus();
  await page.keyboard.press("Escape");
  for (let pressed = 0; pressed < 12; pressed += 1) {
    if (await page.evaluate(() => document.activeElement.matches("iframe"))) break;
    await page.keyboard.press("Tab");
  }
  await page.keyboard.type("Grace", { delay: 60 });
  await becomes(() => preview.getByLabel("Name").inputValue(), "Grace");
});

test("what is typed stays in the code while both clients' pages take the focus", async () => {
  const lesson = await lessonWith(stage, "<p>Mine", PAGE);
  const { page } = lesson;
  await lesson.start();
  await lesson.show("style.css");
  const clients = new Clients(lesson);
  await clients.open();
  // Of two pages that change their hash so often one does not come to its end.
  for (const way of Object.keys(WAYS).filter((each) => each !== "hash")) {
    await clients.goTo("Bob", `/${way}`);
    // Typed, while Bob's page takes the focus.
    await lesson.address.click({ clickCount: 3 });
    await page.keyboard.type(`/${way}`, { delay: 30 });
    await page.keyboard.press("Enter");
    await lesson.wireRow(`GET/${way}`).nth(1).waitFor();
    await lesson.editor.click();
    const shown = await lesson.editor.innerText();
    const sentence = `/* ${way}: what is typed stays in the code, letter by letter */`;
    await page.keyboard.type(sentence, { delay: 30 });
    await lesson.wireRow(`/over/${way}`).nth(1).waitFor();
    await lesson.editor.evaluate(hasLength, shown.length + sentence.length);
    const text = await lesson.editor.innerText();
    assert.equal(sorted(text), sorted(shown + sentence), `${way}: ${text}`);
  }
});

test("who clicks in the preview right after a key stays there", async () => {
  const lesson = await lessonWith(stage, `<input aria-label="Name">`);
  const { page, preview } = lesson;
  await lesson.start();
  const name = preview.getByLabel("Name");
  await lesson.clickThere(name);
  for (let times = 0; times < 5; times += 1) {
    await name.fill("");
    await lesson.editor.click();
    await page.keyboard.press("Shift");
    await name.click();
    await page.keyboard.type("Ada", { delay: 60 });
    await becomes(() => name.inputValue(), "Ada");
  }
});

test("a page that takes the focus while nobody types does not get what is typed then", async () => {
  const lesson = await lessonWith(
    stage,
    `<input aria-label="Name"><script>
    setInterval(() => document.querySelector("input").select(), 3000);
    </script>`,
  );
  const { page, preview } = lesson;
  await lesson.start();
  await lesson.show("style.css");
  await lesson.editor.click();
  await page.keyboard.press("ControlOrMeta+a");
  // Waits for the theft itself.
  await page.evaluate(() => new Promise((stolen) => window.addEventListener("blur", stolen)));
  const sentence = "/* begun after it */";
  await page.keyboard.type(sentence);
  await becomes(() => lesson.editor.innerText(), sentence);
  assert.equal(await preview.getByLabel("Name").inputValue(), "");
});

/** Until the last keys are there, which may wait for earlier ones; or for five seconds. */
function hasLength(editor, length) {
  return new Promise((resolve) => {
    const look = () => editor.innerText.length >= length && resolve();
    new MutationObserver(look).observe(editor, {
      subtree: true,
      childList: true,
      characterData: true,
    });
    setTimeout(resolve, 5000);
    look();
  });
}
