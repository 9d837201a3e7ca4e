// The editor's help in a learner's hands, by keyboard: it completes, explains and underlines, and never disturbs.

import assert from "node:assert/strict";
import { after, afterEach, before, test } from "node:test";
import { Stage } from "./stage.js";
import { becomes } from "./steps/becomes.js";
import { Lesson } from "./steps/lesson.js";

const SLUG = "a-websocket-in-html";
const HELP = /\/editor-help\.js(?:\?try=\d)?$/;

let stage;
before(async () => (stage = await Stage.open()));
afterEach(() => stage.clear());
after(() => stage.close());

/** A lesson whose file has this text, with the caret at its `|`. */
async function at(file, marked, options) {
  const page = await stage.person(options);
  const lesson = await Lesson.open(page, stage, SLUG);
  if (options?.isMobile) await lesson.view("Code");
  const coming = page.waitForResponse(HELP);
  await lesson.write(file, marked.replace("|", ""));
  await coming;
  // Ctrl+Space answers once the help is there.
  await page.keyboard.press("ControlOrMeta+End");
  const behind = [...marked.slice(marked.indexOf("|") + 1)].length;
  for (let step = 0; step < behind; step += 1) await page.keyboard.press("ArrowLeft");
  await page.locator("[data-editor] .cm-content[aria-autocomplete=list]").waitFor();
  return lesson;
}

const press = async ({ page }, ...keys) => {
  for (const key of keys) await page.keyboard.press(key);
};
const list = ({ page }) => page.locator(".cm-tooltip-autocomplete");
const chosen = ({ page }) => page.locator(".cm-tooltip-autocomplete li[aria-selected]");
const underlined = ({ page }) => page.locator("[data-editor] .cm-lintRange-warning");
const said = ({ page }, words) =>
  page.locator("[data-announcer]").filter({ hasText: words }).waitFor({ state: "attached" });

async function reads({ editor }, text) {
  const lines = editor.locator(".cm-line");
  await becomes(async () => (await lines.allTextContents()).join("\n"), text);
}

/** Enter is taken for a list only a moment after it has opened, as somebody reads it. */
const taken = async (lesson, label) => {
  await chosen(lesson).filter({ hasText: label }).waitFor();
  await lesson.page.waitForFunction(enoughFrames);
  await press(lesson, "Enter");
};

// In the page: a tenth of a second of its own time.
function enoughFrames() {
  window.frames10 = (window.frames10 ?? 0) + 1;
  if (window.frames10 < 10) return false;
  window.frames10 = 0;
  return true;
}

test("an attribute, its relation and an id are completed by the keyboard", async () => {
  const lesson = await at("index.html", '<ol id="log"></ol>\n<button |>x</button>\n');
  await lesson.page.keyboard.type("hx-ta");
  await taken(lesson, "hx-target");
  await list(lesson).getByRole("option", { name: "closest" }).waitFor();
  await lesson.page.keyboard.type("#lo");
  await taken(lesson, "#log");
  await reads(lesson, '<ol id="log"></ol>\n<button hx-target="#log">x</button>\n');
  assert.deepEqual(lesson.page.faults, []);
  assert.deepEqual(lesson.page.blocked, []);
});

test("what is chosen is described, and Escape closes the list before it leaves the editor", async () => {
  const lesson = await at("index.html", "<p |></p>\n");
  await lesson.page.keyboard.type("hx-bo");
  await chosen(lesson).filter({ hasText: "hx-boost" }).waitFor();
  const name = await list(lesson).getByRole("option", { selected: true }).textContent();
  assert.match(name, /^hx-boostLets the links and forms inside load by htmx/);
  await press(lesson, "Escape");
  await list(lesson).waitFor({ state: "detached" });
  await lesson.page.keyboard.type("o");
  await reads(lesson, "<p hx-boo></p>\n");
  await press(lesson, "Escape", "Escape");
  await lesson.page.locator("[data-editor-exit]:focus").waitFor();
});

test("Enter is a new line unless something was chosen, and Tab indents", async () => {
  const lesson = await at("index.html", "<p\n|\n></p>\n");
  await press(lesson, "Control+Space");
  await list(lesson).waitFor();
  await lesson.page.waitForFunction(enoughFrames);
  await press(lesson, "Enter");
  await reads(lesson, "<p\n\n  \n></p>\n");
  await press(lesson, "Control+Space");
  await list(lesson).waitFor();
  await lesson.page.waitForFunction(enoughFrames);
  await press(lesson, "ArrowDown");
  await taken(lesson, "hx-boost");
  await reads(lesson, '<p\n\n  hx-boost=""\n></p>\n');
  await press(lesson, "Escape", "Home", "Control+Space");
  await list(lesson).waitFor();
  await press(lesson, "Tab");
  await reads(lesson, '<p\n\n    hx-boost=""\n></p>\n');
});

const CODE = `import { html } from "hono/html";
const page = html\`<p hx-get="/a" hx-target="#b" hx-swap="beforeend scroll:bottom">
<b ws-send
id="c">x</b></p>\`;
export default {
routes
: { "/": (req) => new Response(req.url, { headers: { "HX-Trigger": "a" } }) },
async fetch(req, server) {
ws.send
(Bun.sleep
(1));
return Response.json
({ a: req.headers.get("HX-Request") });
},
};
`;

test("fast typing and pasting are never completed wrongly", async () => {
  const lesson = await at("server.js", "|");
  await lesson.page.keyboard.type(CODE);
  // The editor closes brackets and quotes, and indents; what was typed stands there all the same.
  const plain = (text) => text.replace(/[\s"'\`(){}\[\]]/g, "");
  const lines = lesson.editor.locator(".cm-line");
  await becomes(async () => plain((await lines.allTextContents()).join("\n")), plain(CODE));
  await lesson.write("server.js", CODE);
  await press(lesson, "Enter");
  await reads(lesson, `${CODE}\n`);
});

test("who has typed a word to its end is offered nothing longer, and Enter is a new line", async () => {
  const lesson = await at("server.js", "|;\n");
  await lesson.page.keyboard.type("Bun.slee");
  await chosen(lesson).filter({ hasText: "sleep" }).waitFor();
  await lesson.page.keyboard.type("p");
  await list(lesson).waitFor({ state: "detached" });
  await lesson.page.waitForFunction(enoughFrames);
  await press(lesson, "Enter");
  await reads(lesson, "Bun.sleep\n  ;\n");
});

test("what stands at the caret is explained, seen and read aloud, until Escape", async () => {
  const lesson = await at("index.html", '<p hx-sw|ap="beforeend"></p>\n');
  await press(lesson, "ControlOrMeta+i");
  const tooltip = lesson.page.getByRole("tooltip");
  await tooltip.filter({ hasText: "Says how the answer goes into the target" }).waitFor();
  await said(lesson, "hx-swap: Says how the answer goes");
  await press(lesson, "Escape");
  await tooltip.waitFor({ state: "detached" });
  await lesson.page.keyboard.type("x");
  await reads(lesson, '<p hx-swxap="beforeend"></p>\n');
});

test("the pointer explains an event in the server's code", async () => {
  const lesson = await at("server.js", 'const a = req.headers.get("HX-Request");\n|');
  await lesson.editor.getByText("HX-Request").hover();
  const tooltip = lesson.page.getByRole("tooltip");
  await tooltip.filter({ hasText: "true for each request of htmx" }).waitFor();
});

test("a wrong name is underlined once the caret has left it, and mended by a key", async () => {
  const lesson = await at("index.html", "<p></p>\n<i |></i>\n");
  await lesson.page.keyboard.type("hx-traget");
  await press(lesson, "Escape");
  // Something further up is underlined meanwhile: the page has looked, and left the word alone.
  await press(lesson, "ArrowUp", "Home", "ArrowRight", "ArrowRight");
  await lesson.page.keyboard.type(" hx-gte");
  await underlined(lesson).filter({ hasText: "hx-traget" }).waitFor();
  assert.deepEqual(await underlined(lesson).allTextContents(), ["hx-traget"]);
  await press(
    lesson,
    "ArrowDown",
    "End",
    "ArrowLeft",
    "ArrowLeft",
    "ArrowLeft",
    "ArrowLeft",
    "ArrowLeft",
    "ArrowLeft",
  );
  await underlined(lesson).filter({ hasText: "hx-gte" }).waitFor();
  await press(lesson, "ControlOrMeta+i");
  await said(lesson, "did you mean hx-target? Ctrl+.: Change to hx-target.");
  await press(lesson, "ControlOrMeta+.");
  await reads(lesson, "<p hx-gte></p>\n<i hx-target></i>\n");
});

test("the proposal can be pressed, and an error of the server stays beside the advice", async () => {
  const lesson = await at(
    "server.js",
    "export default {\n  fetch() {\n    return html`<p hx-traget=''>`;\n  },\n}}|",
  );
  await underlined(lesson).waitFor();
  await lesson.run.click();
  await lesson.isInState("failed");
  const fault = lesson.page.locator("[data-editor] .cm-fault");
  await fault.waitFor();
  await underlined(lesson).hover();
  await lesson.page.getByRole("button", { name: "Change to hx-target" }).click();
  await underlined(lesson).waitFor({ state: "detached" });
  assert.ok(await fault.isVisible());
});

test("on a phone nothing of it is fetched before Code is opened, and the list fits", async () => {
  const options = { viewport: { width: 320, height: 640 }, isMobile: true, hasTouch: true };
  const page = await stage.person(options);
  const asked = [];
  page.on("request", (request) => HELP.test(request.url()) && asked.push(request.url()));
  const lesson = await Lesson.open(page, stage, SLUG);
  await page.waitForLoadState("networkidle");
  assert.deepEqual(asked, []);
  await page.close();
  const other = await at("index.html", "<p |></p>\n", options);
  await other.page.keyboard.type("hx-t");
  await chosen(other).waitFor();
  const { x, width } = await list(other).boundingBox();
  assert.ok(x >= 0 && x + width <= 320, `${x} + ${width}`);
  assert.ok(lesson);
});

test("where the help does not come, the editor works, and it is asked for again later", async () => {
  const page = await stage.person();
  await page.clock.install();
  let isLost = true;
  await page.route(HELP, (route) => (isLost ? route.abort() : route.continue()));
  const lesson = await Lesson.open(page, stage, SLUG);
  const failed = page.waitForEvent("requestfailed");
  await lesson.write("index.html", "<p hx-traget></p>\n");
  await failed;
  await page.keyboard.type("<i hx-ta");
  await reads(lesson, "<p hx-traget></p>\n<i hx-ta");
  isLost = false;
  await page.clock.runFor(5000);
  const coming = page.waitForResponse(HELP);
  await page.keyboard.type("r");
  await coming;
  await page.locator("[data-editor] .cm-content[aria-autocomplete=list]").waitFor();
  await page.clock.runFor(2000);
  await underlined(lesson).first().waitFor();
  assert.deepEqual(page.faults, []);
});
