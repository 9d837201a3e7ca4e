// The workbench in a learner's hands: what the lists show and where they lead, and that no text is lost
// when the server refuses it, or another tab has saved as well.

import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { after, afterEach, before, test } from "node:test";
import { unzip } from "../oracle/zip.js";
import { Stage } from "./stage.js";
import { becomes } from "./steps/becomes.js";
import { Lesson } from "./steps/lesson.js";

const SLUG = "a-websocket-in-html";
const SERVER = `const page = (body) =>
  new Response(\`<!doctype html><title>Trial</title>\${body}\`, {
    headers: { "Content-Type": "text/html" },
  });

export default {
  routes: {
    "/": () => {
      console.log("asked for the top");
      return page('<h1>Top</h1><script src="/late.js"></script>');
    },
    "/two": () => page("<h1>Two</h1>"),
    "/wrong": () => {
      throw new Error("nothing works");
    },
  },
  fetch: () => new Response("Not found", { status: 404 }),
};
`;
const LATE =
  'console.warn("early");\nsetTimeout(() => {\n  throw new Error("too late");\n});\n' +
  'new Promise((_, refuse) => Object.assign(new Image(), { onerror: refuse, src: "/none.png" }));\n';

let stage;
before(async () => (stage = await Stage.open()));
afterEach(() => stage.clear());
after(() => stage.close());

const newLesson = async (options) => Lesson.open(await stage.person(options), stage, SLUG);

async function trial() {
  const lesson = await newLesson();
  await lesson.write("server.js", SERVER);
  await lesson.add("late.js", LATE);
  await lesson.start();
  await lesson.preview.getByRole("heading", { name: "Top" }).waitFor();
  return lesson;
}

test("the page does not take its own save for another tab's", async () => {
  const lesson = await newLesson();
  // A newcomer has no feed before the first thing is kept.
  await lesson.start();
  await lesson.page.evaluate(answersAfterTheFeed, `/lessons/${SLUG}/live`);
  await lesson.start();
  await lesson.write("style.css", "/* mine */\n");
  await lesson.isSaved();
  assert.equal(await lesson.notice.isVisible(), false);
});

const TYPED = `import { Card } from "./card";

interface Page {
  title: string;
}
const page: Page = { title: "Typed" };

export default {
  fetch: (req: Request) => {
    if (req.url.endsWith("/wrong")) throw new Error(\`no \${page.title}\`);
    return new Response(String(Card(page)), { headers: { "content-type": "text/html" } });
  },
};
`;
const CARD =
  'export const Card = ({ title }: { title: string }) => (\n  <h1 class="card">{title}</h1>\n);\n';

test("types that are pasted run and are told of, and JSX is highlighted", async () => {
  const lesson = await newLesson();
  await lesson.add("card.tsx", CARD);
  const word = (text) => lesson.editor.locator("span").filter({ hasText: new RegExp(`^${text}$`) });
  await word("string").first().waitFor();
  await word("h1").first().waitFor();
  await lesson.page.getByRole("tab", { name: "index.html", exact: true }).waitFor();
  await lesson.write("server.js", TYPED);
  await lesson.start();
  await lesson.goTo("/typed");
  await lesson.preview.getByRole("heading", { name: "Typed" }).waitFor();
  await lesson.consoleSays("server.js has TypeScript in it");
  await lesson.goTo("/wrong");
  await lesson.page.getByRole("button", { name: "server.js:10" }).first().waitFor();
});

test("what is downloaded has what was typed a moment ago, and works without a script", async () => {
  const lesson = await newLesson();
  await lesson.write("style.css", "/* just typed */\n");
  const coming = lesson.page.waitForEvent("download");
  await lesson.page.getByRole("link", { name: "Download" }).click();
  const download = await coming;
  assert.equal(download.suggestedFilename(), `${SLUG}.zip`);
  const files = unzip(await readFile(await download.path()));
  assert.equal(files[`${SLUG}/style.css`].toString(), "/* just typed */\n");
  assert.ok(files[`${SLUG}/hxlab/serve.js`]);

  const plain = await stage.person({ javaScriptEnabled: false });
  await plain.goto(`${stage.site}/lessons/${SLUG}`);
  const [again] = await Promise.all([
    plain.waitForEvent("download"),
    plain.getByRole("link", { name: "download it" }).click(),
  ]);
  assert.ok(unzip(await readFile(await again.path()))[`${SLUG}/server.js`]);
});

// In the page: holds the answer to each save until the feed has told of it.
async function answersAfterTheFeed(address) {
  const feed = new EventSource(address);
  await new Promise((resolve) => (feed.onopen = resolve));
  let latest = 0;
  feed.addEventListener("saved", ({ data }) => (latest = JSON.parse(data).version));
  const ask = globalThis.fetch;
  globalThis.fetch = async (goal, options) => {
    const response = await ask(goal, options);
    if (!/\/(draft|run)$/.test(goal) || !response.ok) return response;
    const { version } = await response.clone().json();
    const isNew = version > JSON.parse(options.body).version;
    while (isNew && latest < version) {
      await new Promise((resolve) => feed.addEventListener("saved", resolve, { once: true }));
    }
    return response;
  };
}

test("another tab's save is offered, and two that differ are a choice", async () => {
  const lesson = await newLesson();
  const other = await Lesson.open(await lesson.page.context().newPage(), stage, SLUG);
  await other.write("style.css", "/* theirs */\n");
  await other.isSaved();
  await lesson.notice.filter({ hasText: "saved elsewhere" }).waitFor();
  await lesson.write("style.css", "/* ours */\n");
  const dialog = lesson.page.getByRole("dialog", { name: "Which version goes on?" });
  await dialog.getByText("/* theirs */").waitFor();
  await dialog.getByRole("button", { name: "Take what was saved elsewhere" }).click();
  await lesson.editor.getByText("/* theirs */").waitFor();
  await lesson.notice.getByRole("button", { name: "Bring mine back" }).click();
  await lesson.editor.getByText("/* ours */").waitFor();
  await lesson.isSaved();
});

test("a file that is too large is refused in words, and stays in the editor", async () => {
  const lesson = await newLesson();
  await lesson.write("style.css", `/* ${"long ".repeat(60_000)}*/`);
  await lesson.page.locator('[data-draft-state="refused"]').waitFor();
  await lesson.run.click();
  await lesson.words.filter({ hasText: "larger than 256 KiB" }).waitFor();
  await lesson.editor.getByText("long long").first().waitFor();
  await lesson.write("style.css", "/* short */\n");
  await lesson.isSaved();
  await lesson.words.filter({ hasText: "Not running yet" }).waitFor();
});

test("what is typed just before leaving is there on return", async () => {
  const lesson = await newLesson();
  const { page } = lesson;
  await lesson.write("style.css", "/* the last word */\n");
  await page.goto(stage.site);
  await page.goBack();
  await lesson.ready();
  await lesson.show("style.css");
  await lesson.editor.getByText("the last word").waitFor();
});

test("the console lists what goes wrong and leads to its line", async () => {
  const lesson = await trial();
  await lesson.consoleSays("asked for the top");
  await lesson.consoleSays("too late");
  await lesson.consoleSays("the event “error” of <img>");
  const { page } = lesson;
  const from = (name) => page.locator("[data-console-list] button.place", { hasText: name });
  await from("late.js:3").first().click();
  await page.locator("[data-files] [aria-selected=true]", { hasText: "late.js" }).waitFor();
  await lesson.editor.locator(".cm-activeLine", { hasText: "throw new Error" }).waitFor();

  await lesson.goTo("/wrong");
  await lesson.consoleSays("nothing works");
  await from("server.js:14").first().click();
  await lesson.editor.locator(".cm-activeLine", { hasText: "throw new Error" }).waitFor();

  await page.locator("[data-console-level]").selectOption("error");
  await page.locator("[data-console-list] li:visible", { hasText: "early" }).waitFor({
    state: "detached",
  });
  await page.locator("[data-console-from]").selectOption("server");
  const rows = page.locator("[data-console-list] li:visible");
  await rows.filter({ hasText: "nothing works" }).first().waitFor();
  await becomes(() => rows.filter({ hasNotText: "nothing works" }).count(), 0);
});

test("the wire is filtered, paused, and read by the arrow keys", async () => {
  const lesson = await trial();
  const { page } = lesson;
  await lesson.wireRow("/late.js").waitFor();
  assert.equal(await lesson.wireRow("/.hxlab/").count(), 0);
  await page.getByLabel("Filter the wire by text").fill("late");
  await becomes(() => page.locator("[data-wire-list] [role=option]:visible").count(), 1);
  await page.getByRole("button", { name: "HTTP", exact: true }).click();
  await page.getByText("Nothing that is listed matches the filter.").waitFor();
  await page.getByRole("button", { name: "HTTP", exact: true }).click();
  await page.getByLabel("Filter the wire by text").fill("");

  await page.getByRole("button", { name: "Pause the list" }).click();
  await lesson.goTo("/two");
  await page.locator("[data-wire-note]", { hasText: "waiting" }).waitFor();
  assert.equal(await lesson.wireRow("/two").count(), 0);
  await page.getByRole("button", { name: "Pause the list" }).click();
  await lesson.wireRow("/two").waitFor();

  const list = page.locator("[data-wire-list]");
  await list.focus();
  await page.keyboard.press("End");
  const detail = page.getByRole("region", { name: "One exchange" });
  await detail.getByRole("heading", { name: "HTTP GET /two 200" }).waitFor();
  await page.keyboard.press("Home");
  await detail.getByRole("heading", { name: "HTTP GET / 200" }).waitFor();
  await page.keyboard.press("Escape");
  await detail.waitFor({ state: "hidden" });
});

test("the preview's address goes where it says, and nowhere else", async () => {
  const lesson = await trial();
  const back = lesson.page.getByRole("button", { name: "Back", exact: true });
  const forward = lesson.page.getByRole("button", { name: "Forward", exact: true });
  await becomes(() => Promise.all([back, forward].map((it) => it.isDisabled())), [true, true]);
  await lesson.goTo("/two");
  await lesson.preview.getByRole("heading", { name: "Two" }).waitFor();
  await back.click();
  await lesson.preview.getByRole("heading", { name: "Top" }).waitFor();
  await lesson.page.locator("[data-preview-forward]:enabled").waitFor();
  await lesson.goTo("https://example.com/");
  await lesson.page
    .getByRole("alert")
    .filter({ hasText: /stays at/ })
    .waitFor();
  assert.deepEqual(lesson.page.strangers, []);
});

test("what is done in the page before the answer to Run arrives is not lost by a second load", async () => {
  const lesson = await newLesson();
  const { page, preview } = lesson;
  await lesson.write("server.js", SERVER);
  await lesson.isSaved();
  await page.evaluate(holdsAnswersToRun);
  await lesson.start();
  await preview.getByRole("heading", { name: "Top" }).waitFor();
  await page.evaluate(() => globalThis.letGo());
  await lesson.goTo("/two");
  await lesson.wireRow("/two").waitFor();
  const rows = page.locator("[data-wire-list] [role=option]");
  const paths = async () => (await rows.allInnerTexts()).map((row) => row.match(/\/\S*/)[0]);
  await becomes(paths, ["/", "/late.js", "/two"]);
});

test("an address that is entered while a page arrives is gone to, and the page does not move under the pointer", async () => {
  const lesson = await newLesson();
  const { page, preview } = lesson;
  await page.addInitScript(holdsMessages);
  await page.reload();
  await lesson.ready();
  await lesson.write(
    "server.js",
    `let first = true;
    const show = (title) =>
      new Response("<h1>" + title + "</h1>", { headers: { "Content-Type": "text/html" } });
    export default {
      routes: {
        "/": () => show("Top"),
        "/two": () => {
          if (!first) return show("Two");
          first = false;
          return new Response(null, { status: 204 });
        },
      },
      fetch: () => new Response("Not found", { status: 404 }),
    };`,
  );
  await lesson.start();
  await preview.getByRole("heading", { name: "Top" }).waitFor();
  const { y } = await page.locator("iframe").boundingBox();
  await lesson.goTo("/two");
  await lesson.wireRow("/two").waitFor();
  await page.evaluate(() => globalThis.letGo());
  await preview.getByRole("heading", { name: "Two" }).waitFor();
  assert.equal((await page.locator("iframe").boundingBox()).y, y);
});

test("Stop stops, Reset can be undone, and the solution opens where it differs", async () => {
  const lesson = await trial();
  const { page } = lesson;
  await page.getByRole("button", { name: "Stop" }).click();
  await lesson.isInState("stopped");
  await page.locator("[data-run-here]").click();
  await lesson.isInState("running");

  await page.getByRole("button", { name: "Reset" }).click();
  await page.getByRole("dialog").getByRole("button", { name: "Reset to the starter" }).click();
  await lesson.notice.getByRole("button", { name: "Undo reset" }).click();
  await lesson.show("server.js");
  await lesson.editor.getByText("nothing works").waitFor();

  await lesson.show("goods.js");
  await page.getByRole("button", { name: "Solution", exact: true }).click();
  await page.locator("[data-files] [aria-selected=true][data-differs]").waitFor();
  await page.locator("[data-compare-editor] .cm-differs").first().waitFor();
});

test("a file in a folder is added, imported, renamed and kept, and its faults lead to it", async () => {
  const lesson = await newLesson();
  const { page } = lesson;
  const server = (file) => `import nav from "./${file}";

export default {
  routes: {
    "/": () => new Response(nav(), { headers: { "Content-Type": "text/html" } }),
    "/wrong": () => nav(1)(),
  },
  fetch: () => new Response("Not found", { status: 404 }),
};`;
  const name = page.getByLabel("File name");
  await page.getByRole("button", { name: "Add a file" }).click();
  await name.fill(" ./views/nav.js");
  await page.keyboard.press("Enter");
  await lesson.write(
    "views/nav.js",
    `import { title } from "../parts.js";

export default (wrong) => (wrong ? wrong.no.thing : title);
`,
  );
  await lesson.add("parts.js", 'export const title = "<h1>Nav</h1>";\n');
  await lesson.write("server.js", server("views/nav.js"));
  await lesson.start();
  await lesson.preview.getByRole("heading", { name: "Nav" }).waitFor();
  await lesson.goTo("/wrong");
  await lesson.consoleSays("undefined");
  await page
    .locator("[data-console-list] button.place", { hasText: "views/nav.js:3" })
    .first()
    .click();
  await page.getByRole("tab", { name: "views/nav.js", exact: true, selected: true }).waitFor();
  await lesson.editor.locator(".cm-activeLine", { hasText: "wrong.no.thing" }).waitFor();

  await page.getByRole("button", { name: "Rename this file" }).click();
  for (const [wish, reason] of [
    ["parts.js/nav.js", "“parts.js” cannot be beside “parts.js/nav.js”"],
    ["pages//nav.js", "no part may be empty"],
    ["node_modules/nav.js", "choose another folder"],
  ]) {
    await name.fill(wish);
    await page.keyboard.press("Enter");
    await page.getByRole("dialog").getByText(reason).waitFor();
  }
  await name.fill("pages/site/nav.js");
  await page.keyboard.press("Enter");
  await page.getByRole("dialog").waitFor({ state: "detached" });
  await lesson.isSaved();
  await lesson.run.click();
  await lesson.consoleSays("did you mean “./pages/site/nav.js”?");
  await lesson.write("server.js", server("pages/site/nav.js"));
  await lesson.write("pages/site/nav.js", 'export default () => "<h1>Site</h1>";\n');
  await lesson.start();
  await lesson.goTo("/");
  await lesson.preview.getByRole("heading", { name: "Site" }).waitFor();

  await page.reload();
  await lesson.ready();
  await lesson.show("pages/site/nav.js");
  await lesson.editor.getByText("<h1>Site</h1>").waitFor();
  assert.equal(await page.getByRole("tab", { name: "views/nav.js", exact: true }).count(), 0);
  await page.getByRole("button", { name: "Delete this file" }).click();
  await lesson.notice.getByRole("button", { name: "Undo" }).click();
  await lesson.show("pages/site/nav.js");
  assert.deepEqual(page.faults, []);
});

test("the name of a file deep in folders is read at 320 pixels", async () => {
  const lesson = await newLesson({ viewport: { width: 320, height: 640 } });
  const { page } = lesson;
  await lesson.view("Code");
  const name = "components/navigation/primary/list-of-links.tsx";
  await lesson.add(name, "export const links = [];\n");
  const tab = page.getByRole("tab", { name, exact: true, selected: true });
  assert.equal(await tab.getAttribute("title"), name);
  const file = tab.getByText("list-of-links.tsx", { exact: true });
  const [text, room] = await file.evaluate((it) => {
    const range = document.createRange();
    range.selectNodeContents(it);
    return [range, it].map((each) => each.getBoundingClientRect().width);
  });
  assert.ok(text <= room + 0.001, `the file's own name takes ${text} and has ${room}`);
  const { x, width } = await tab.boundingBox();
  assert.ok(x >= 0 && x + width <= 320, `the tab is from ${x} to ${x + width}`);
  const overflow = await page.evaluate(() => document.documentElement.scrollWidth);
  assert.ok(overflow <= 320, `the page is ${overflow} pixels wide`);

  const deep = `deep/${"a".repeat(60)}.js`;
  await lesson.add(deep, "export function fault() {\n  throw new Error('deep');\n}\n");
  await lesson.write(
    "server.js",
    `import { fault } from "./${deep}";\nexport default { fetch: () => fault() };`,
  );
  await page.locator("[data-run]").click();
  await lesson.view("Wire");
  await lesson.consoleSays("deep");
  const place = page.locator("[data-console-list] button.place", { hasText: "deep/aaa" });
  const at = await place.first().boundingBox();
  assert.ok(at.x >= 0 && at.x + at.width <= 320, `its place ends at ${at.x + at.width}`);
});

test("at 400 % zoom eight lines of code have room, below a notice too", async () => {
  const lesson = await newLesson({ viewport: { width: 320, height: 256 } });
  const { page } = lesson;
  await lesson.view("Code");
  await lesson.editor.waitFor();
  const lines = async () => {
    const heightOf = (at) =>
      page
        .locator(at)
        .first()
        .evaluate((it) => it.offsetHeight);
    return (
      (await heightOf("[data-editor] .cm-scroller")) / (await heightOf("[data-editor] .cm-line"))
    );
  };
  assert.ok((await lines()) >= 8, `${await lines()} lines`);
  await lesson.show("chat.js");
  await page.getByRole("button", { name: "Delete this file" }).click();
  await lesson.notice.getByRole("button", { name: "Undo" }).waitFor();
  assert.ok((await lines()) >= 8, `${await lines()} lines below a notice`);
  const last = page.locator("[data-editor] .cm-line").nth(7);
  await last.scrollIntoViewIfNeeded();
  const { y, height } = await last.boundingBox();
  const bar = await page.locator("[data-views]").boundingBox();
  assert.ok(y + height <= bar.y, "the bar at the bottom covers no line");
});

test("the lines between the panes move by pointer and by arrow keys", async () => {
  const { page } = await newLesson();
  for (const [name, key] of [
    ["code", "ArrowDown"],
    ["preview", "ArrowRight"],
  ]) {
    const line = page.locator(`[data-separator=${name}]`);
    const now = async () => Number(await line.getAttribute("aria-valuenow"));
    const first = await now();
    await line.focus();
    await page.keyboard.press(key);
    assert.ok((await now()) > first);
    const { x, y, width, height } = await line.boundingBox();
    await page.mouse.move(x + width / 2, y + height / 2);
    await page.mouse.down();
    await page.mouse.move(x + width / 2 - 120, y + height / 2 - 120, { steps: 3 });
    await page.mouse.up();
    assert.ok((await now()) < first);
  }
});

test("typing over a selection keeps within the page's policy", async () => {
  const lesson = await newLesson();
  const { page } = lesson;
  await lesson.show("server.js");
  await lesson.editor.click();
  await page.keyboard.press("ControlOrMeta+a");
  await page.keyboard.type("mine");
  await lesson.editor.filter({ hasText: /^mine$/ }).waitFor();
  await page.keyboard.press("ControlOrMeta+a");
  await page.keyboard.type("(");
  await lesson.editor.filter({ hasText: /^\(mine\)$/ }).waitFor();
  assert.deepEqual(page.blocked, []);
  assert.deepEqual(page.faults, []);
});

function holdsAnswersToRun() {
  const ask = globalThis.fetch;
  globalThis.fetch = async (goal, options) => {
    const response = await ask(goal, options);
    if (goal.endsWith("/run")) await new Promise((resolve) => (globalThis.letGo = resolve));
    return response;
  };
}

// What the preview says arrives when it is let go.
function holdsMessages() {
  if (window.top !== window) return;
  let held = [];
  const hold = (event) => {
    if (!held) return;
    held.push(event);
    event.stopImmediatePropagation();
  };
  window.addEventListener("message", hold);
  globalThis.letGo = () => {
    const all = held;
    held = null;
    for (const { data, origin, source } of all) {
      window.dispatchEvent(new MessageEvent("message", { data, origin, source }));
    }
  };
}
