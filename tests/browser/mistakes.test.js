// Known mistakes of htmx are put into words when a page makes them, with the line; right pages are left alone, the
// lessons' own among them.

import assert from "node:assert/strict";
import { readdir } from "node:fs/promises";
import { after, afterEach, before, test } from "node:test";
import { Stage } from "./stage.js";
import { violations } from "./steps/everybody.js";
import { Lesson } from "./steps/lesson.js";

const SLUG = "a-websocket-in-html";

let stage;
before(async () => (stage = await Stage.open()));
afterEach(() => stage.clear());
after(() => stage.close());

const HEAD = "<!doctype html><title>Trial</title>";
const TWO = `${HEAD}<script src="/lib/htmx-2.js"></script>`;
const WS = '<script src="/lib/htmx-2-ws.js"></script>';
const FOUR = `${HEAD}<script src="/lib/htmx-4.js"></script>`;
const GO = 'id="go" hx-get';

/** Pages with a mistake each, and what is said of it. Those with an element #go make it when that is clicked. */
const MISTAKES = {
  unknown: [`${TWO}<p hx-traget="#a">`, "Did you mean `hx-target`?"],
  comes: [`${TWO}<button ${GO}="/part/%3Cp%20hx-swop%3E">`, "no attribute `hx-swop` in htmx 2"],
  four: [
    `${TWO}<p hx-ws:connect="/x">`,
    "`hx-ws:connect` belongs to htmx 4, and this page loads htmx 2",
  ],
  two: [
    `${FOUR}<p hx-disabled-elt="this">`,
    "`hx-disabled-elt` belongs to htmx 2, and this page loads htmx 4",
  ],
  on: [
    `${TWO}<button hx-onclick="go()">`,
    "Write a colon between `hx-on` and the event: `hx-on:click`.",
  ],
  event: [`${TWO}<p hx-on::afterRequest="go()">`, "Write `hx-on::after-request`."],
  off: [
    `${TWO}${WS}<div ws-connect="/chat">`,
    '`ws-connect` stands outside `hx-ext="ws"`, so nothing connects.',
  ],
  missing: [`${TWO}<div hx-ext="sse" sse-connect="/s">`, "Load `/lib/htmx-2-sse.js` after htmx."],
  missing4: [`${FOUR}<div hx-ws:connect="/s">`, "Load `/lib/htmx-4-ws.js` after htmx."],
  target: [
    `${TWO}<button ${GO}="/part/x" hx-target="#nowhere">`,
    'No element matches `hx-target="#nowhere"` of <button id="go">',
  ],
  target4: [
    `${FOUR}<button ${GO}="/part/x" hx-target="#nowhere">`,
    'No element matches `hx-target="#nowhere"` of <button id="go">',
  ],
  oob: [`${TWO}<button ${GO}="/answer">`, "An answer has a part for `#count`, out of band"],
  oob4: [`${FOUR}<button ${GO}="/answer">`, "An answer has a part for `#count`, out of band"],
  place: [
    `${TWO}${WS}<div hx-ext="ws" ws-connect="/socket">`,
    'A WebSocket message has <p class="line"> without an id',
  ],
  page: [
    `${TWO}<button ${GO}="/whole">`,
    'The answer from /whole is a whole page, and it was put into <button id="go">.',
  ],
  page4: [
    `${FOUR}<button ${GO}="/whole">`,
    'The answer from /whole is a whole page, and it was put into <button id="go">.',
  ],
  refused: [
    `${TWO}<button ${GO}="/422">`,
    "The server answered 422 to GET /422, and htmx 2 does not swap such an answer",
  ],
  json: [`${TWO}<button hx-vals="{'a': 1}">`, "The value of `hx-vals` is not JSON"],
  headers: [`${TWO}<button hx-headers='{"a": b}'>`, "The value of `hx-headers` is not JSON"],
  script: [
    `${HEAD}<script src="https://example.com/htmx-ext-ws.js"></script>`,
    "The sandbox has this one: use `/lib/htmx-2-ws.js`.",
  ],
  style: [
    `${HEAD}<link rel="stylesheet" href="https://example.com/look.css">`,
    "The style sheet https://example.com/look.css was not loaded: a sandbox has no network",
  ],
  path: [
    `${TWO}<button ${GO}="https://example.com/x">`,
    "`htmx:invalidPath`: the request was not sent",
  ],
};

const SERVER = (pages) => `const html = (body, status = 200) =>
  new Response(body, { status, headers: { "Content-Type": "text/html" } });
const pages = {
${Object.entries(pages)
  .map(([name, page]) => `  "/${name}": \`${page}<i data-page="${name}"></i>\`,`)
  .join("\n")}
};

export default {
  fetch(request, server) {
    const { pathname } = new URL(request.url);
    if (pathname === "/socket") return server.upgrade(request) ? undefined : html("", 400);
    if (pathname in pages) return html(pages[pathname]);
    if (pathname.startsWith("/part/")) return html(decodeURIComponent(pathname.slice(6)));
    if (pathname === "/answer") return html('x<p id="count" hx-swap-oob="true">1</p>');
    if (pathname === "/whole") return html("<!doctype html><title>Whole</title><h1>Whole</h1>");
    if (pathname === "/422") return html("no", 422);
    return html("<!doctype html><p>Not found", 404);
  },
  websocket: {
    open(ws) {
      ws.send('<p class="line">Hello</p>');
    },
    message() {},
  },
};
`;

async function withServer(pages) {
  const lesson = await Lesson.open(await stage.person(), stage, SLUG);
  await lesson.write("server.js", SERVER(pages));
  await lesson.start();
  await lesson.page.getByRole("tab", { name: /^Problems/ }).click();
  return lesson;
}

/** Opens a page of the server, and clicks what is there to click, once htmx is there. */
async function play(lesson, name) {
  await lesson.goTo(`/${name}`);
  await lesson.preview.locator(`[data-page="${name}"]`).waitFor({ state: "attached" });
  await lesson.preview.locator(":root").evaluate(isLoaded);
  const button = lesson.preview.locator("#go");
  if (await button.count()) await button.evaluate((it) => it.click());
}

/** Does what has the preview load another page, and waits for that. */
async function loadsAnother(lesson, act) {
  await lesson.preview.locator(":root").evaluate((old) => old.setAttribute("data-old", ""));
  await act();
  await lesson.preview.locator(":root:not([data-old])").evaluate(isLoaded);
}

const isLoaded = () =>
  document.readyState === "complete" ||
  new Promise((done) => window.addEventListener("load", () => done(true)));

const isAt = (_, path) =>
  new Promise((done) => {
    const look = () => location.pathname === path && done(true);
    document.addEventListener("htmx:pushedIntoHistory", look);
    look();
  });

const problems = (lesson) => lesson.page.locator("[data-problem-list] > li");

// What stands between backticks is shown as code, without them.
const shown = (words) => words.replaceAll("`", "");

test("each mistake is explained where a page makes it, with its line", async () => {
  const pages = Object.fromEntries(Object.entries(MISTAKES).map(([name, [page]]) => [name, page]));
  const lesson = await withServer(pages);
  const missing = [];
  for (const [name, [, words]] of Object.entries(MISTAKES)) {
    await play(lesson, name);
    const row = problems(lesson).filter({ hasText: shown(words) });
    await row
      .first()
      .waitFor({ timeout: 5000 })
      .catch(() => missing.push(name));
  }
  assert.deepEqual(missing, [], (await problems(lesson).allInnerTexts()).join("\n---\n"));
  assert.deepEqual(await violations(lesson.page), []);
  const row = problems(lesson).filter({ hasText: "hx-traget" });
  await row.getByRole("button", { name: "server.js:4" }).click();
  await lesson.editor.locator(".cm-activeLine", { hasText: "hx-traget" }).waitFor();
});

test("an address that is pushed and has no route is explained once it is loaded", async () => {
  const page = `${TWO}<button ${GO}="/part/x" hx-push-url="/gone">Go</button>`;
  const lesson = await withServer({ push: page });
  await play(lesson, "push");
  await lesson.preview.locator(":root").evaluate(isAt, "/gone");
  await lesson.press("reload");
  await problems(lesson).filter({ hasText: "/gone was pushed to the address bar" }).waitFor();
});

// Put together by the server, so that the code alone does not show it.
const UNSEEN = '${"hx-tra"}get';

/** Right htmx of an unusual kind. */
const RIGHT = {
  forms: `${TWO}<div data-hx-ext="ws"><script src="/lib/htmx-2-ws.js"></script><p data-ws-connect="/socket"></p><p class="line" id="a"></div>
    <button data-hx-get="/part/x" hx-on-click="1" hx-on--before-request="1" hx-on::after-swap="1" hx-vals='"a": 1'
      hx-headers="js:{a: 1}" hx-target-404="#a" hx-swap="outerHTML settle:1s" hx-disinherit="*" hx-vars="b:1"></button>`,
  own: `${TWO}<script>htmx.defineExtension("mine", {})</script><body hx-ext="mine"><p hx-their-own="x" hx-vals="unset">`,
  select: `${TWO}<div hx-select="h1" hx-target="this"><button ${GO}="/whole">Go</button></div>`,
  body: `${TWO}<button ${GO}="/whole" hx-target="body">Go</button>`,
  allowed: `${TWO}<meta name="htmx-config" content='{"responseHandling": [{"code": ".*", "swap": true}]}'><button ${GO}="/422">Go</button>`,
  listener: `${TWO}<body><script>document.body.addEventListener("htmx:beforeSwap", (e) => { e.detail.shouldSwap = true; e.detail.isError = false; })</script><button ${GO}="/422">Go</button>`,
  revealed: `${TWO}<p hx-get="/part/x" hx-trigger="revealed"></p>`,
  ignored: `${TWO}<div hx-disable><p ${UNSEEN}="x"></div>`,
  four: `${FOUR}<div hx-target:inherited="#a" hx-headers:inherited:append='a:1' hx-vals="a:1, b:2"><p id="a"></p>
    <button ${GO}="/422" hx-on::after:request="1" hx-on="click -> 1" hx-status:422="swap:innerHTML" hx-config="timeout:1s">Go</button></div>`,
  plain: `${HEAD}<p ${UNSEEN}="no htmx is here">`,
};

/** A mistake for each page that has htmx: once it is told of, all that stood there before has been read. */
const SEEN = {
  forms: "hx-gett",
  own: "hx-pst",
  select: "hx-swp",
  body: "hx-targt",
  allowed: "hx-valz",
  listener: "hx-boots",
  revealed: "hx-confrim",
  ignored: "hx-snyc",
  four: "hx-includ",
};

async function isRead(lesson, name) {
  await lesson.preview.locator(":root").evaluate((root, attribute) => {
    const mistaken = document.createElement("p");
    mistaken.setAttribute(attribute, "");
    root.append(mistaken);
  }, name);
  await problems(lesson)
    .filter({ hasText: `no attribute ${name}` })
    .waitFor();
}

test("what is right is left alone, however unusual", async () => {
  const lesson = await withServer({ ...RIGHT, last: MISTAKES.unknown[0] });
  const socket = "ws.send('<p class=\"line\">Hello</p>');";
  await lesson.write(
    "server.js",
    SERVER({ ...RIGHT, last: MISTAKES.unknown[0].replace("traget", "trigge") }).replace(socket, ""),
  );
  await lesson.start();
  for (const name of Object.keys(RIGHT)) {
    const answered = lesson.page.waitForResponse(/\/(whole|422)$/).catch(() => null);
    await play(lesson, name);
    if (RIGHT[name].includes(GO)) await answered;
    if (name in SEEN) await isRead(lesson, SEEN[name]);
  }
  // What is found is told of in order, so what came before is there with the last.
  await play(lesson, "last");
  await problems(lesson).filter({ hasText: "Did you mean hx-trigger?" }).waitFor();
  const texts = await problems(lesson).allInnerTexts();
  const others = texts.filter(
    (text) =>
      !/\bhx-trigge\b/.test(text) &&
      !Object.values(SEEN).some((seen) => text.includes(`no attribute ${seen}`)),
  );
  assert.deepEqual(others, []);
});

const LESSONS = new URL("../../lessons/04-advanced-patterns/", import.meta.url);

// What a starter shows on purpose, as its lesson's text says.
const MEANT = { "your-own-extension": "The server answered 401 to GET /desk/stock" };

test("no starter and no solution of the course has a mistake but what its lesson is about", async () => {
  const slugs = (await readdir(LESSONS)).filter((name) => /^\d/.test(name));
  assert.ok(slugs.length > 7);
  for (const folder of slugs) {
    const slug = folder.replace(/^\d+-/, "");
    const lesson = await Lesson.open(await stage.person(), stage, slug);
    for (const project of ["starter", "solution"]) {
      if (project === "solution") await lesson.solve();
      if (project === "starter") {
        await lesson.start();
        await lesson.preview.locator(":root").evaluate(isLoaded);
      } else await loadsAnother(lesson, () => lesson.start());
      const paths = await lesson.preview
        .locator("a[href^='/']:not([download])")
        .evaluateAll((links) => [...new Set(links.map((link) => link.getAttribute("href")))]);
      for (const path of paths.slice(0, 6)) {
        await loadsAnother(lesson, () => lesson.goTo(path));
      }
      // The page is read within this time after it has loaded; something told later stands behind all of it.
      await lesson.preview
        .locator(":root")
        .evaluate(
          () =>
            new Promise((done) =>
              setTimeout(() => done(setTimeout(() => reportError(Error("the end")), 0)), 300),
            ),
        );
      await problems(lesson).filter({ hasText: "the end" }).waitFor({ state: "attached" });
      const texts = await problems(lesson).allTextContents();
      const told = texts.filter((text) => !text.includes("the end"));
      const meant = project === "starter" ? MEANT[slug] : undefined;
      if (meant) assert.ok(told.pop()?.startsWith(meant), `${slug} shows it`);
      assert.deepEqual(told, [], `${slug}, ${project}`);
    }
    await lesson.page.context().close();
  }
});
