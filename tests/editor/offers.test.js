// What the editor offers while one types, and what it says of what stands there.

import assert from "node:assert/strict";
import { test } from "node:test";
import { explained, found, offered } from "./files.js";

const inPage = (marked, options) => offered("index.html", marked, options);
const begins = (list, first) => assert.deepEqual(list?.slice(0, first.length), first);

test("attributes are those of the lesson's version, without those that the tag has", () => {
  const two = inPage('<p hx-get="/" hx-|');
  assert.ok(
    two.includes("hx-target") && two.includes("hx-disabled-elt") && two.includes("ws-send"),
  );
  assert.ok(!two.includes("hx-get") && !two.includes("hx-ignore"));
  const four = inPage("<p hx-|", { htmx: 4 });
  assert.ok(
    four.includes("hx-ignore") && four.includes("hx-ws:connect") && !four.includes("hx-ext"),
  );
  assert.deepEqual(inPage("<p hx-target:i|", { htmx: 4 }), [
    "hx-target:inherited",
    "hx-target:append",
  ]);
  assert.ok(inPage("<p data-hx-t|").includes("data-hx-target"));
});

test("elsewhere than in a tag, and for other attributes, nothing is offered", () => {
  for (const marked of [
    "<p>hx-|</p>",
    "<p cl|",
    "<p hre|",
    "<p class='hx-|'",
    "<!-- <p hx-| -->",
  ]) {
    assert.equal(inPage(marked), null, marked);
  }
  assert.equal(inPage("<script>const a = '<p hx-| '</script>")?.includes("hx-target"), true);
});

test("a long page is read from nearby, and a script in it is no HTML", () => {
  const rows = '<li id="a"><b hx-get="/">x</b></li>\n'.repeat(300);
  assert.ok(inPage(`${rows}<p\n  hx-t|`).includes("hx-target"));
  assert.equal(inPage(`${rows}<p>hx-t|`), null);
  const marked = `<script>${"const a = 1 > 2;\n".repeat(300)}if (a >\n1 && a <b && hx-t|</script>`;
  assert.equal(inPage(marked), null);
  assert.equal(found("index.html", `${rows}<p hx-t|`).from, rows.length + "<p ".length);
});

test("events stand behind hx-on: as attributes spell them", () => {
  const two = inPage("<p hx-on:|");
  assert.ok(two.includes("hx-on:click") && two.includes("hx-on::after-swap"));
  assert.ok(inPage("<p hx-on:|", { htmx: 4 }).includes("hx-on::after:swap"));
  assert.ok(!inPage("<p hx-on:|", { htmx: 4 }).includes("hx-on::after-swap"));
});

test("hx-swap takes a style, then modifiers and their values", () => {
  begins(inPage('<p hx-swap="|'), ["innerHTML", "outerHTML"]);
  const behind = inPage('<p hx-swap="beforeend |');
  assert.ok(behind.includes("scroll:") && !behind.includes("innerHTML"));
  assert.deepEqual(inPage('<p hx-swap="beforeend scroll:|'), ["top", "bottom"]);
  assert.ok(inPage('<p hx-swap="|', { htmx: 4 }).includes("outerMorph"));
});

test("hx-trigger takes events, modifiers and places", () => {
  const events = inPage('<p hx-trigger="click, |');
  assert.ok(events.includes("load") && events.includes("input") && events.includes("htmx:wsOpen"));
  const modifiers = inPage('<p hx-trigger="input changed |');
  assert.ok(modifiers.includes("delay:") && modifiers.includes("once"));
  const files = { "a.html": '<ul id="log">' };
  const places = inPage('<p hx-trigger="x from:|', { files });
  assert.ok(places.includes("body") && places.includes("closest") && places.includes("#log"));
  assert.equal(inPage('<p hx-trigger="click[ke|'), null);
});

test("a target is found by a relation, or by an id of any file of the project", () => {
  const files = { "views/row.js": 'html`<tr id="row"><td id="c${n}">`', "a.html": "<p id='note'>" };
  const targets = inPage('<p hx-target="|', { files });
  assert.deepEqual(targets, ["this", "closest", "find", "next", "previous", "#row", "#note"]);
  assert.deepEqual(inPage('<p hx-target="closest #|', { files }), ["#row", "#note"]);
});

test("hx-ext offers what the pages load, and the project's own", () => {
  const files = {
    "a.html": '<script src="/lib/htmx-2.js"></script><script src="/lib/htmx-2-ws.js"></script>',
    "own.js": 'htmx.defineExtension("shout", {})',
  };
  assert.deepEqual(inPage('<p hx-ext="|', { files }), ["ws", "shout"]);
});

test("templates, strings and JSX are HTML too", () => {
  const named = (marked, name = "server.js") => offered(name, marked)?.includes("hx-target");
  assert.ok(named("const a = html`<p ${x} hx-t|`"));
  assert.ok(named("const a = `<p id='${x}' hx-t|`"));
  assert.ok(named("const a = '<p hx-t|'"));
  assert.ok(named("const A = () => <p hx-t| />", "a.jsx"));
  assert.ok(!named("const a = html`<p ${hx|}`"));
  assert.ok(!named("const hx|"));
  assert.equal(found("server.js", 'const a = "<p hx-t|"').from, 'const a = "<p '.length);
});

const inServer = (marked, options) => offered("server.js", marked, options);

test("the default export and its websocket take what the server knows", () => {
  const parts = inServer("export default {\n  ro|\n};");
  assert.ok(parts.includes("routes") && parts.includes("websocket") && parts.includes("error"));
  assert.ok(inServer("Bun.serve({ fetch(req) {}, we| })").includes("websocket"));
  assert.ok(!inServer("export default { fetch() {}, we| }").includes("fetch"));
  const callbacks = inServer("export default { websocket: {\n    me|\n } };");
  assert.ok(callbacks.includes("message") && callbacks.includes("idleTimeout"));
  assert.ok(inServer("const chat = { open(ws) {}, message(ws) {}, cl| }").includes("close"));
  assert.equal(inServer("const other = { me| }"), null);
  assert.equal(inServer("export default { fetch() { if (x) { ro| } } }"), null);
});

test("members are those of what the name stands for", () => {
  assert.ok(inServer("ws.|").includes("subscribe"));
  assert.ok(inServer("server.p|").includes("publish"));
  assert.ok(inServer("req.|").includes("cookies"));
  assert.ok(inServer("req.headers.|").includes("get"));
  assert.ok(inServer("req.cookies.|").includes("set"));
  assert.ok(inServer("Bun.|").includes("file"));
  assert.ok(inServer("return Response.|").includes("json"));
  assert.ok(inServer("export default { fetch(asked) { asked.| } }").includes("params"));
  assert.ok(inServer("const a = { open(client) { client.| } }").includes("send"));
  assert.equal(inServer("const ws = new WebSocket('/chat'); ws.|"), null);
  assert.equal(inServer("list.|"), null);
  assert.equal(inServer("// ws.|"), null);
  assert.equal(inServer("'ws.|'"), null);
});

test("headers are the request's or the answer's, of the lesson's version", () => {
  const asked = inServer('req.headers.get("|")');
  assert.ok(
    asked.includes("HX-Request") && asked.includes("HX-Prompt") && asked.includes("Origin"),
  );
  assert.ok(!asked.includes("HX-Retarget"));
  const answered = inServer('new Response("", { headers: { "|" } })');
  assert.ok(answered.includes("HX-Retarget") && answered.includes("Vary"));
  assert.ok(!answered.includes("HX-Prompt"));
  assert.ok(inServer('res.headers.set("HX|")').includes("HX-Trigger-After-Swap"));
  assert.ok(!inServer('c.header("HX|")', { htmx: 4 }).includes("HX-Trigger-After-Swap"));
  assert.ok(inServer('c.req.header("HX|")', { htmx: 4 }).includes("HX-Source"));
});

test("imports are what a sandbox has, and the project's files", () => {
  const files = { "chat.js": "" };
  const modules = inServer('import { html } from "|"', { files });
  for (const each of ["hono/html", "bun", "bun:sqlite", "node:crypto", "./chat.js"]) {
    assert.ok(modules.includes(each), each);
  }
  assert.ok(!modules.includes("node:fs"));
  assert.ok(inServer('const a = await import("|")').includes("hono"));
});

test("each offer has its sentence", () => {
  const marked = ["<p hx-|", '<p hx-swap="|', '<p hx-trigger="|', '<p hx-sync="this:|'];
  for (const each of marked) {
    for (const { label, words } of found("index.html", each).options) {
      assert.match(words, /[.…]$/, label);
    }
  }
});

test("what stands at a place is explained: attribute, value, event, header, member", () => {
  assert.match(explained("index.html", '<p hx-ta|rget="#a">'), /^hx-target: Finds the element/);
  assert.match(explained("index.html", '<p data-hx-ge|t="/">'), /^data-hx-get: Sends a GET/);
  assert.match(explained("index.html", '<p hx-swap="before|end scroll:top">'), /^beforeend: Puts/);
  assert.match(
    explained("index.html", '<p hx-swap="beforeend scr|oll:top">'),
    /^scroll:?: Scrolls/,
  );
  assert.match(
    explained("index.html", '<p hx-trigger="htmx:ws|Open from:#chat">'),
    /^htmx:wsOpen: The WebSocket is open/,
  );
  assert.match(
    explained("index.html", '<p hx-on::after-s|wap="a()">'),
    /The answer is in the page/,
  );
  assert.match(
    explained("index.html", '<p hx-target:inh|erited="#a">', { htmx: 4 }),
    /Elements inside have it as well/,
  );
  assert.match(explained("server.js", "ws.sub|scribe('a')"), /^subscribe: Lets this client hear/);
  assert.match(explained("server.js", 'req.headers.get("HX-Re|quest")'), /^HX-Request: true for/);
  assert.match(explained("a.js", 'on("htmx:after|Swap", f)'), /^htmx:afterSwap: The answer is in/);
  assert.match(explained("server.js", 'import x from "hono/ht|ml"'), /^hono\/html: html`…`/);
  assert.equal(explained("index.html", "<p cla|ss='a'>text</p>"), null);
  assert.equal(explained("server.js", "const to|String = 1"), null);
});
