// The wire's detail says what an exchange has changed in the preview, and why: for htmx 2 and htmx 4, for answers,
// messages and events, and where nothing was changed.

import assert from "node:assert/strict";
import { after, afterEach, before, test } from "node:test";
import { Stage } from "./stage.js";
import { violations } from "./steps/everybody.js";
import { Lesson } from "./steps/lesson.js";
import { differenceOf, openMember, openRow, reads } from "./steps/wire.js";

// One that leaves out nothing of the wire.
const SLUG = "server-sent-events";

let stage;
before(async () => (stage = await Stage.open()));
afterEach(() => stage.clear());
after(() => stage.close());

const BODY = `
<ul id="log"><li>One</li></ul>
<p id="count">0</p>
<form id="chat" hx-post="/say" hx-target="#log" hx-swap="beforeend"><button id="say">Say</button></form>
<div id="box" hx-target="#log"><button id="heir" hx-get="/list?heir">Heir</button></div>
<button id="empty" hx-delete="/204">Empty</button>
<button id="refused" hx-get="/422">Refused</button>
<button id="none" hx-get="/list?none" hx-swap="none">None</button>
<button id="both" hx-get="/both" hx-target="#log" hx-swap="beforeend">Both</button>
<button id="header" hx-get="/header">Header</button>
<button id="away" hx-get="/away">Away</button>
<button id="sent" hx-get="/sent">Sent</button>
<button id="styled" hx-get="/styled">Styled</button>
<button id="redirect" hx-get="/redirect">Redirect</button>
<button id="abroad" hx-get="/abroad">Abroad</button>
<button id="refresh" hx-get="/refresh">Refresh</button>
<p id="tone">Tone</p>
<button id="settles" hx-get="/tone" hx-target="#tone" hx-swap="outerHTML settle:300ms">Settles</button>
<button id="lost" hx-get="/lost" hx-target="#log">Lost</button>
<button id="own" onclick="fetch('/list?own')">Own</button>
<button id="slow" hx-get="/list?slow" hx-target="#log" hx-swap="innerHTML swap:50ms">Slow</button>
<button id="select" hx-get="/list?select" hx-target="#log" hx-select="li:last-child">Select</button>
<button id="stopped" hx-get="/list?stopped" hx-target="#log">Stopped</button>
<button id="allowed" hx-get="/422?allowed" hx-target="#log">Allowed</button>
<ol>${'<li class="item"><button hx-put="/items/ID" hx-target="closest li">Item</button></li>'.replace("ID", "${7}")}</ol>
<p id="link" hx-boost="true"><a id="boost" href="/other">Other</a> <a id="parted" hx-boost="true" href="/parted">Parted</a></p>
`;

// A page that stops events on their way, and decides by itself what is swapped.
const STOPS = `<script>
document.addEventListener("htmx:beforeSwap", (event) => {
  event.stopPropagation();
  const { id } = event.detail.requestConfig.elt;
  if (id === "stopped") event.preventDefault();
  if (id === "allowed") event.detail.shouldSwap = true;
}, true);
</script>`;

const HEADS = {
  2: '<script src="/lib/htmx-2.js"></script><script src="/lib/htmx-2-ws.js"></script><script src="/lib/htmx-2-sse.js"></script><script src="/lib/idiomorph.js"></script>',
  4: '<script src="/lib/htmx-4.js"></script><script src="/lib/htmx-4-ws.js"></script><script src="/lib/htmx-4-sse.js"></script>',
};
const LINES = {
  2: `<div id="socket" hx-ext="ws" ws-connect="/socket"><form ws-send><button id="send">Send</button></form></div>
<div hx-ext="sse" sse-connect="/events"><b id="price" sse-swap="price">-</b></div>`,
  4: `<div id="socket" hx-ws:connect="/socket" hx-target="#log" hx-swap="beforeend"><form hx-ws:send><button id="send">Send</button></form></div>
<div hx-sse:connect="/events" hx-target="#count"></div>`,
};
const MORPH = `<div hx-ext="morph"><button id="morph" hx-get="/list?morph" hx-target="#log" hx-swap="morph:innerHTML">Morph</button></div>`;

const SERVER = `const html = (body, status = 200, headers = {}) =>
  new Response(body, { status, headers: { "Content-Type": "text/html", ...headers } });
const page = (name, head, body) =>
  html(\`<!doctype html><title>\${name}</title>\${head}\${body}<i data-page="\${name}"></i>\`);
const BODY = \`${BODY}\`;
const pages = {
  2: () => page("2", \`${HEADS[2]}\`, BODY + \`${MORPH}\`),
  4: () => page("4", \`${HEADS[4]}\`, BODY),
  lines2: () => page("lines2", \`${HEADS[2]}\`, BODY + \`${LINES[2]}\`),
  lines4: () => page("lines4", \`${HEADS[4]}\`, BODY + \`${LINES[4]}\`),
  stops: () => page("stops", \`${HEADS[2]}${STOPS}\`, BODY),
  other: () => page("other", \`${HEADS[2]}\`, "<h1>Other</h1>"),
};
const event = (text) => new TextEncoder().encode(text + "\\n\\n");
export default {
  fetch(request, server) {
    const { pathname } = new URL(request.url);
    const name = pathname.slice(1);
    if (name in pages) return pages[name]();
    if (name === "socket") return server.upgrade(request) ? undefined : html("", 400);
    if (name === "events")
      return new Response(
        new ReadableStream({
          start(stream) {
            for (const each of ["event: price\\ndata: 1", "event: price\\ndata: 1", "data: <i>hello</i>"])
              stream.enqueue(event(each));
          },
        }),
        { headers: { "Content-Type": "text/event-stream" } },
      );
    if (name === "say") return html("<li>Hello</li>");
    if (name === "list") return html('<li>One</li><li class="new">Two <b>bold</b> words</li>');
    if (name === "both") return html('<li>Both</li><p id="count" hx-swap-oob="true">1</p>');
    if (name === "header")
      return html("7", 200, { "HX-Retarget": "#count", "HX-Reswap": "beforeend" });
    if (name === "away") return html("", 200, { "HX-Location": '{"path":"/list?away","target":"#log"}' });
    if (name === "sent") return html("", 200, { "HX-Location": "/list?sent" });
    if (name === "styled")
      return html("", 200, { "HX-Location": '{"path":"/list?styled","target":"#log","swap":"beforeend"}' });
    if (name === "redirect") return html("", 200, { "HX-Redirect": "/other" });
    if (name === "abroad") return html("", 200, { "HX-Redirect": "https://elsewhere.example/" });
    if (name === "refresh") return html("", 200, { "HX-Refresh": "true" });
    if (name === "tone") return html('<p id="tone" class="loud">Tone</p>');
    if (name === "lost") return html('<li>Lost</li><p id="absent" hx-swap-oob="true">1</p>');
    if (name === "parted") return html('<h1>Parted</h1><p id="count" hx-swap-oob="true">7</p>');
    if (name === "204") return new Response(null, { status: 204 });
    if (name === "422") return html("<li>no</li>", 422);
    if (name.startsWith("items/")) return html("Done");
    return html("<!doctype html><p>Not found", 404);
  },
  websocket: {
    open(ws) {
      ws.send('<p id="count">1</p>');
      ws.send('<p id="count">1</p>');
    },
    message(ws) {
      ws.send('<ul id="log" hx-swap-oob="beforeend"><li>said</li></ul>');
      ws.send("plain words");
      ws.send('{"count": 1}');
    },
  },
};
`;

async function withServer(options) {
  const lesson = await Lesson.open(await stage.person(options), stage, SLUG);
  await lesson.write("server.js", SERVER);
  await lesson.start();
  return lesson;
}

/** Opens a page of the server, with nothing in the wire yet. */
async function visit(lesson, name) {
  await lesson.page.locator("[data-wire-clear]").click();
  await lesson.goTo(`/${name}`);
  await lesson.preview.locator(`[data-page="${name}"]`).waitFor({ state: "attached" });
}

/** Opens a page, presses one of its buttons, and looks at the row of what it asked. */
async function ask(lesson, name, id, row) {
  await visit(lesson, name);
  await lesson.clickThere(lesson.preview.locator(`#${id}`));
  return openRow(lesson, row);
}

test("an answer shows its place, style and difference, and who asked with the line", async () => {
  const lesson = await withServer();
  for (const version of ["2", "4"]) {
    const place = await ask(lesson, version, "say", "/say");
    await reads(place, 'New markup was put at the end of <ul id="log">.');
    await reads(place, 'Target: by hx-target="#log".');
    await reads(place, 'Style: beforeend, by hx-swap="beforeend".');
    await reads(place, '<form id="chat"> asked, by hx-post="/say" on submit.');
    assert.deepEqual(await differenceOf(place), ["+ <li>Hello</li>"], version);
  }
  assert.deepEqual(await violations(lesson.page), []);
  await lesson.page.getByRole("button", { name: /^server.js:\d+$/ }).click();
  await lesson.editor.locator(".cm-activeLine", { hasText: 'hx-post="/say"' }).waitFor();
});

test("what is inherited, said by a header or asked for by another answer is told", async () => {
  const lesson = await withServer();
  const heir = await ask(lesson, "2", "heir", "/list?heir");
  await reads(heir, 'Target: by hx-target="#log", inherited from <div id="box">.');
  assert.deepEqual(await differenceOf(heir), ['+ <li class="new">Two <b>bold</b> words</li>']);
  await reads(await ask(lesson, "4", "heir", "/list?heir"), "Target: the element itself");
  for (const version of ["2", "4"]) {
    const header = await ask(lesson, version, "header", "/header");
    await reads(header, "Target: by the header HX-Retarget: #count.");
    await reads(header, "Style: beforeend, by the header HX-Reswap: beforeend.");
    assert.deepEqual(await differenceOf(header), ["+ 7"]);
    const away = await ask(lesson, version, "away", "/list?away");
    await reads(away, "The header HX-Location");
    await reads(away, 'What was in <ul id="log"> was replaced.');
  }
});

test("a swap that waits, picks, morphs or is boosted shows its own difference", async () => {
  const lesson = await withServer();
  const more = ['+ <li class="new">Two <b>bold</b> words</li>'];
  for (const id of ["slow", "morph"]) {
    assert.deepEqual(await differenceOf(await ask(lesson, "2", id, `/list?${id}`)), more, id);
  }
  const select = await differenceOf(await ask(lesson, "2", "select", "/list?select"));
  assert.deepEqual(select, ["− <li>One</li>", ...more]);
  const boost = await ask(lesson, "2", "boost", "/other");
  await reads(boost, '<a id="boost"> asked, by hx-boost="true", inherited from <p id="link">');
  await reads(boost, "Target: the body, as always with hx-boost.");
  assert.ok((await differenceOf(boost)).includes("+ <h1>Other</h1>"));
});

test("an answer with a part out of band has one difference for each place", async () => {
  const lesson = await withServer();
  for (const version of ["2", "4"]) {
    const place = await ask(lesson, version, "both", "/both");
    await reads(place, 'Out of band: <p id="count"> was replaced, itself included.');
    const lines = await differenceOf(place);
    const parts = ['− <p id="count">0</p>', '+ <p id="count">1</p>', "+ <li>Both</li>"];
    assert.deepEqual(lines.toSorted(), parts.toSorted(), version);
  }
});

test("of messages and events that are alike each shows what it changed itself", async () => {
  const lesson = await withServer();
  await visit(lesson, "lines2");
  const messages = lesson.wireRow('<p id="count">1</p>').filter({ hasText: "×2" });
  const first = await openMember(lesson, messages, "first");
  await reads(first, '<div id="socket"> listens, by ws-connect="/socket".');
  assert.deepEqual(await differenceOf(first), ['− <p id="count">0</p>', '+ <p id="count">1</p>']);
  // What htmx adds while it works may still be there, and is told of.
  const same = "The markup is the same as before";
  await reads(await openMember(lesson, messages, "last"), same);

  const sse = lesson.page.locator('[data-wire-list] [data-kind="sse"]', { hasText: "price" });
  const events = sse.filter({ hasText: "×2" });
  const changed = await differenceOf(await openMember(lesson, events, "first"));
  assert.ok(changed.includes('+ <b id="price" sse-swap="price">1</b>'), changed.join());
  await reads(await openMember(lesson, events, "last"), same);

  await visit(lesson, "lines4");
  const said = lesson.page.locator('[data-wire-list] [data-kind="sse"]', { hasText: "hello" });
  const hello = await openRow(lesson, said.last());
  await reads(hello, 'Target: by hx-target="#count".');
  const added = await differenceOf(hello);
  assert.ok(added.includes('+ <p id="count"><i>hello</i></p>'), added.join());
});

test("messages that change nothing say why", async () => {
  const lesson = await withServer();
  for (const page of ["lines2", "lines4"]) {
    await visit(lesson, page);
    await lesson.wireRow('<p id="count">1</p>').filter({ hasText: "×2" }).waitFor();
    await lesson.clickThere(lesson.preview.locator("#send"));
    await reads(await openRow(lesson, '{"count": 1}'), "The message is data, not markup");
    const said = await openRow(lesson, "said</li>");
    assert.deepEqual(await differenceOf(said), ["+ <li>said</li>"], page);
    const plain = await openRow(lesson, "plain words");
    if (page === "lines2") await reads(plain, "no element that htmx could put somewhere");
    else assert.deepEqual(await differenceOf(plain), ["+ plain words"]);
  }
});

test("where an answer changes nothing, the reason stands in words", async () => {
  const lesson = await withServer();
  const words = {
    empty: ["/204", "The answer is a 204: htmx swaps nothing for it."],
    refused: ["/422", "The answer is a 422: htmx swaps nothing for it, as the page is set up"],
    none: ["/list?none", 'Nothing was put into <button id="none">.'],
    away: ["/away", "The answer has HX-Location"],
    own: ["/list?own", "htmx did not ask for this"],
  };
  for (const [id, [row, said]] of Object.entries(words))
    await reads(await ask(lesson, "2", id, row), said);
  await reads(await openRow(lesson, "GET/2"), "The browser opened this as a page");
});

test("an answer that leads elsewhere says where to, and what came of it", async () => {
  const lesson = await withServer();
  for (const version of ["2", "4"]) {
    const leads = {
      redirect: "the browser was sent to another page",
      refresh: "the page was loaded anew",
    };
    for (const [id, said] of Object.entries(leads))
      await reads(await ask(lesson, version, id, `/${id}`), said);
    await reads(await ask(lesson, version, "abroad", "/abroad"), "it leads to another site");
    const sent = await ask(lesson, version, "sent", "/list?sent");
    await reads(sent, "Target: the body, as HX-Location names no other.");
    const styled = await ask(lesson, version, "styled", "/list?styled");
    await reads(styled, "Style: beforeend, by the header HX-Location:");
  }
});

test("a swap that settles late shows what it has settled to", async () => {
  const lesson = await withServer();
  for (const version of ["2", "4"]) {
    const lines = await differenceOf(await ask(lesson, version, "settles", "/tone"));
    const settled = '+ <p id="tone" class="loud">Tone</p>';
    assert.deepEqual(lines, ['− <p id="tone">Tone</p>', settled], version);
  }
});

test("a part out of band that has no place, or whose place goes, is told beside the rest", async () => {
  const lesson = await withServer();
  for (const version of ["2", "4"]) {
    const lost = await ask(lesson, version, "lost", "/lost");
    await reads(lost, "No place was found for a part: nothing on the page fits #absent.");
    assert.deepEqual(await differenceOf(lost), ["− <li>One</li>", "+ <li>Lost</li>"], version);
  }
  // htmx 2 swaps the part first, htmx 4 the page.
  const first = await ask(lesson, "2", "parted", "/parted");
  assert.deepEqual((await differenceOf(first)).slice(0, 2), [
    '− <p id="count">0</p>',
    '+ <p id="count">7</p>',
  ]);
  const last = await ask(lesson, "4", "parted", "/parted");
  await reads(last, 'Nothing was put where <p id="count"> was');
});

test("a page that stops events on their way decides, and is told of as it decided", async () => {
  const lesson = await withServer();
  const stopped = await ask(lesson, "stops", "stopped", "/list?stopped");
  await reads(stopped, "A script of the page stopped the swap");
  await lesson.preview.locator("#log", { hasText: "Two" }).waitFor({ state: "detached" });
  const allowed = await ask(lesson, "stops", "allowed", "/422?allowed");
  await lesson.preview.locator("#log", { hasText: "no" }).waitFor();
  await reads(allowed, 'What was in <ul id="log"> was replaced.');
});

test("an attribute that the code fills in leads to its line", async () => {
  const lesson = await withServer();
  await visit(lesson, "2");
  await lesson.clickThere(lesson.preview.locator(".item button"));
  const place = await openRow(lesson, "/items/7");
  await reads(place, 'by hx-put="/items/7" on click.');
  await place.getByRole("button", { name: /^server.js:\d+$/ }).click();
  await lesson.editor.locator(".cm-activeLine", { hasText: 'hx-put="/items/' }).waitFor();
});

test("what changed is outlined in the preview while it is looked at", async () => {
  const lesson = await withServer();
  const place = await ask(lesson, "2", "say", "/say");
  const outline = lesson.page.locator(".outlines > div");
  const show = place.getByRole("button", { name: "Show in the preview" });
  await show.focus();
  await outline.waitFor();
  const [box, there] = await Promise.all([
    outline.boundingBox(),
    lesson.preview.locator("#log li").last().boundingBox(),
  ]);
  for (const side of ["x", "y", "width", "height"])
    assert.ok(Math.abs(box[side] - there[side]) <= 1, `${side}: ${box[side]}, ${there[side]}`);
  await lesson.page.mouse.move(0, 0);
  await lesson.page.getByRole("tab", { name: "Wire" }).focus();
  await outline.waitFor({ state: "detached" });
  await place.locator(".swaps > li").hover();
  await outline.waitFor();
  await lesson.preview
    .locator("#log li")
    .last()
    .evaluate((it) => it.remove());
  await reads(place, "It is no longer in the page.");
});

test("what shows a change is asked for again where it did not come", async () => {
  const lesson = await withServer();
  const { page } = lesson;
  let isLost = true;
  await page.route("**/changed-*.js", (route) => (isLost ? route.abort() : route.fallback()));
  await visit(lesson, "2");
  await lesson.clickThere(lesson.preview.locator("#say"));
  const notice = lesson.notice.filter({ hasText: "could not be loaded: check the connection" });
  await notice.waitFor();
  isLost = false;
  await notice.getByRole("button", { name: "Try again" }).click();
  const place = await openRow(lesson, "/say");
  assert.deepEqual(
    await differenceOf(place),
    ["+ <li>Hello</li>"],
    "what was told meanwhile is kept",
  );
});

test("what a page says of its changes stays text, and within its bounds", async () => {
  const lesson = await withServer();
  await ask(lesson, "2", "own", "/list?own");
  const row = lesson.wireRow("/list?own").last();
  const entry = Number((await row.getAttribute("id")).replace("wire-", ""));
  assert.ok(entry > 0, "the row has the number of its exchange");
  await lesson.preview.locator(":root").evaluate((_, number) => {
    const long = "<img src=x onerror=alert(1)>".repeat(10_000);
    const source = { by: "attribute", name: long, value: long, from: long };
    const swap = { target: long, found: source, how: { ...source, style: long }, show: -1 };
    const markup = { ...swap, before: "", after: `<script>top.hurt = 1</scr${"ipt"}>${long}` };
    const entries = [
      null,
      { tie: { entry: "1" }, none: "constructor" },
      { tie: { entry: number }, why: 7, swap: markup },
      { tie: { entry: number }, why: { ...source, element: long }, swap },
    ];
    for (const each of [entries, { length: 3 }, "x"])
      window.parent.postMessage({ from: "hxlab-preview", type: "changes", entries: each }, "*");
    window.parent.postMessage({ from: "hxlab-preview", type: "places", boxes: "x", size: 1 }, "*");
  }, entry);
  const place = await openRow(lesson, row);
  await place.locator(".swaps > li").nth(1).waitFor();
  assert.equal(await place.locator("img, script").count(), 0);
  assert.ok((await place.innerText()).length < 40_000);
  assert.deepEqual(lesson.page.faults, []);
});

test("the address of a line is as the page wrote it, for the page and for its server", async () => {
  const lesson = await withServer();
  await visit(lesson, "lines2");
  const told = await lesson.preview.locator(":root").evaluate(() => {
    const socket = new WebSocket(`ws://${location.host}/socket?a=1`);
    const stream = new EventSource("/events?a=1");
    class Own extends WebSocket {}
    const own = new Own(`ws://${location.host}/socket`);
    return [
      socket.url.endsWith("/socket?a=1"),
      stream.url.endsWith("/events?a=1"),
      own instanceof Own && own instanceof WebSocket && own.constructor === Own,
      socket.constructor === WebSocket,
      WebSocket.OPEN === 1,
    ];
  });
  assert.deepEqual(told, [true, true, true, true, true]);
  await lesson.wireRow("/events?a=1").first().waitFor();
  assert.equal(await lesson.wireRow("hxlab-line").count(), 0);
});

test("a narrow window shows a difference without a bar to scroll the page by, and goes to the preview", async () => {
  const lesson = await withServer();
  const place = await ask(lesson, "2", "say", "/say");
  await lesson.page.setViewportSize({ width: 320, height: 640 });
  await lesson.view("Wire");
  await place.scrollIntoViewIfNeeded();
  const box = await place.boundingBox();
  assert.ok(box.x >= 0 && box.x + box.width <= 320, `${box.x} + ${box.width}`);
  // The preview is another part there.
  await place.getByRole("button", { name: "Show in the preview" }).click();
  await lesson.page.locator(".outlines > div").waitFor();
  await lesson.view("Wire");
  await lesson.page.locator(".outlines > div").waitFor({ state: "detached" });
});
