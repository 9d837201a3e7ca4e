// What the editor underlines, and what it leaves alone.

import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { mkdtemp, readdir, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, test } from "node:test";
import { underlined } from "./files.js";

const inPage = (html, htmx) => underlined({ "index.html": html }, "index.html", htmx);

test("a name that does not exist is named with the one that was meant", () => {
  assert.deepEqual(inPage('<p hx-get="/" hx-traget="#a">'), [
    "hx-traget: There is no attribute hx-traget: did you mean hx-target? → hx-target",
  ]);
  assert.deepEqual(inPage("<p ws-conect='/chat'></p><i hx_get='/'></i>"), [
    "ws-conect: There is no attribute ws-conect: did you mean ws-connect? → ws-connect",
    "hx_get: There is no attribute hx_get: did you mean hx-get? → hx-get",
  ]);
  assert.deepEqual(inPage('<p data-hx-traget="#a">'), [
    "data-hx-traget: There is no attribute hx-traget: did you mean hx-target? → data-hx-target",
  ]);
  assert.deepEqual(inPage('<p hx-onclick="a()">'), [
    "hx-onclick: There is no attribute hx-onclick: did you mean hx-on:click? → hx-on:click",
  ]);
  assert.deepEqual(inPage("<p hx-rotate>"), ["hx-rotate: htmx 2 has no attribute hx-rotate."]);
});

test("a name of the other version says what to write here", () => {
  assert.deepEqual(inPage('<div hx-ws:connect="/chat">'), [
    "hx-ws:connect: hx-ws:connect belongs to htmx 4. In htmx 2 the extension ws does this. " +
      "Write ws-connect. → ws-connect",
  ]);
  assert.deepEqual(inPage('<div hx-target:inherited="#a">'), [
    "hx-target:inherited: “:inherited” belongs to htmx 4. In htmx 2 elements inside inherit hx-target " +
      "by themselves. → hx-target",
  ]);
  assert.deepEqual(inPage('<form hx-disabled-elt="find button">', 4), [
    "hx-disabled-elt: hx-disabled-elt belongs to htmx 2. In htmx 4 it has another name. Write hx-disable. → hx-disable",
  ]);
  const page = '<script src="/lib/htmx-4.js"></script><p hx-ext="ws">';
  assert.deepEqual(inPage(page), [
    "hx-ext: hx-ext belongs to htmx 2. An extension is on as soon as its script is loaded.",
  ]);
});

test("a value that cannot be right is marked where it is wrong", () => {
  assert.deepEqual(inPage('<p hx-swap="outerhtml swap:1s">'), [
    "outerhtml: Capital letters count here: write outerHTML. → outerHTML",
  ]);
  assert.deepEqual(inPage('<p hx-swap="append"><p hx-swap="befroend settel:1s">'), [
    "append: “append” belongs to htmx 4. Write beforeend. → beforeend",
    "befroend: There is no way to swap “befroend”: did you mean beforeend? → beforeend",
    "settel: There is no modifier “settel”: did you mean settle? → settle",
  ]);
  assert.deepEqual(inPage('<p hx-trigger="onclick, keyup delayed:1s changed">'), [
    "onclick: The event is called click here, without “on”. → click",
    "delayed: There is no modifier “delayed”: did you mean delay? → delay",
  ]);
  assert.deepEqual(inPage('<p id="log"><p hx-target="log"><p hx-target="Closest tr">'), [
    "log: An id is found by “#”: write #log. → #log",
    "Closest: Capital letters count here: write closest. → closest",
  ]);
  assert.deepEqual(inPage(`<p hx-vals="{'a': 1}"><p hx-boost="True"><p hx-sync="drop">`), [
    "{'a': 1}: This is no JSON: names and texts need double quotes.",
    "True: Capital letters count here: write true. → true",
    "drop: A selector stands first. Write this:drop. → this:drop",
  ]);
  assert.deepEqual(inPage('<li hx-swap-oob="Beforeend:#log">'), [
    "Beforeend: Capital letters count here: write beforeend. → beforeend",
  ]);
});

test("events are heard by their names in small letters", () => {
  assert.deepEqual(inPage('<p hx-on:htmx:afterSwap="a()" hx-on::after-requst="b()">'), [
    "hx-on:htmx:afterSwap: The browser reads the names of attributes without capital letters. " +
      "Write hx-on:htmx:after-swap. → hx-on:htmx:after-swap",
    "hx-on::after-requst: htmx sends no event “htmx:after-requst”: did you mean htmx:after-request? " +
      "→ hx-on::after-request",
  ]);
});

test("HTML in templates, strings and JSX is read, and what expressions make is left alone", () => {
  const code = `import { html } from "hono/html";
const row = (id) => html\`<tr hx-traget="#r\${id}" hx-swap="\${how}html" hx-\${verb}="/x">\${
  id > 1 ? html\`<td hx-swap="outerhtml">\` : "<td hx-gte='/'>"
}</tr>\`;
const plain = "<p hx-get=\\"/x\\" hx-pots=\\"/y\\">" + (a < b);
const told = "hx-traget is not an attribute";
`;
  const expected = [
    "hx-traget: There is no attribute hx-traget: did you mean hx-target? → hx-target",
    "outerhtml: Capital letters count here: write outerHTML. → outerHTML",
    "hx-gte: There is no attribute hx-gte: did you mean hx-get? → hx-get",
    "hx-pots: There is no attribute hx-pots: did you mean hx-post? → hx-post",
  ];
  assert.deepEqual(underlined({ "server.js": code }, "server.js"), expected);
  const tsx = `export const A = ({ id }: { id: string }) => (
  <ul hx-traget={id} hx-swap={"x"} {...more}><li hx-swap="outerhtml" hx-get={\`/\${id}\`} /></ul>
);`;
  assert.deepEqual(underlined({ "a.tsx": tsx }, "a.tsx"), expected.slice(0, 2));
});

test("what is right, or the project's own, is not underlined", () => {
  const two = `<!doctype html><title>hx-traget <p hx-traget></title>
<!-- <p hx-traget> --><script>const a = "x"; // <p hx-traget=1>
</script>
<body hx-ext="ws, sse" data-hx-boost="true" HX-GET="/" hx-on:click="a()" hx-on::after-swap="b()" hx-on--load="c()"
  hx-on:htmx:xhr:progress="d()" hx-on:my-own="e()" ws-connect="/c" sse-swap="a,b" data-ws-send>
<p hx-swap="beforeend scroll:#log:bottom show:window:top focus-scroll:true transition:true">
<p hx-swap="morph:innerHTML"><p hx-swap="multi-swap:#a"><p hx-swap="swap:1s">
<p hx-trigger="click[ctrlKey&&key=='a, b'] consume, keyup changed delay:500ms, every 2s [ok()], sse:tick, load once">
<p hx-trigger="intersect root:#box threshold:0.5, mine from:closest form, click from:(#a, b:c) target:a:hover">
<p hx-target="next .error"><p hx-target="body"><p hx-target="closest tr"><p hx-target="table"><table id="table">
<p hx-vals='"a": 1' hx-headers='js:{a: b()}'><p hx-vals="{&quot;a&quot;:1}"><p hx-swap-oob="beforeend:#log">
<p hx-target-404="#a" hx-target-5x="#b" hx-sync="closest form:queue last" hx-sync="#w:abort" hx-disable>`;
  assert.deepEqual(inPage(two), []);
  const four = `<p hx-target:inherited="#a" hx-vals:inherited:append='"a":1' hx-headers:merge="a:1" hx-status:422="swap:none"
  hx-status:5xx="target:#e" hx-swap="outerMorph swapEmpty:false" hx-swap="append target:#x strip:true" hx-preload
  hx-on:htmx:after:swap="a()" hx-on::finally:request="b()" hx-disable="this" hx-ws:connect="/c" hx-ws:send hx-live:x="1"
  hx-trigger='click prevent from:"closest form", intersect rootMargin:10px' hx-vals="a:1" hx-sync="drop" hx-boost:inherited="true">`;
  assert.deepEqual(inPage(four, 4), []);
  const files = {
    "index.html": '<p hx-hello="world" hx-ext="hello">',
    "hello.js": 'htmx.defineExtension("hello", { getSelectors: () => ["[hx-hello]"] });',
  };
  assert.deepEqual(underlined(files, "index.html"), []);
});

const folder = await mkdtemp(join(tmpdir(), "lessons-"));
after(() => rm(folder, { recursive: true, force: true }));

test("no starter, solution or other project of the lessons is underlined", async () => {
  const lessons = new URL("../..", import.meta.url);
  const program = process.env.HXLAB ?? "target/debug/hxlab";
  execFileSync(program, ["diff", "--all", join(folder, "all")], { cwd: lessons });
  const projects = await projectsIn(join(folder, "all"));
  assert.ok(projects.length > 50, `${projects.length} projects`);
  for (const [path, files] of projects) {
    for (const name of Object.keys(files)) {
      assert.deepEqual(underlined(files, name), [], `${path}/${name}`);
    }
  }
});

/** Each lesson's projects: path → files. */
async function projectsIn(root) {
  const found = [];
  for (const lesson of await readdir(root)) {
    const names = await readdir(join(root, lesson));
    for (const name of names.filter((each) => ["starter", "solution"].includes(each))) {
      found.push(join(root, lesson, name));
    }
    for (const kind of names.filter((each) => ["alternatives", "mistakes"].includes(each))) {
      const inside = await readdir(join(root, lesson, kind));
      found.push(...inside.map((name) => join(root, lesson, kind, name)));
    }
  }
  return Promise.all(found.map(async (path) => [path, await filesIn(path)]));
}

async function filesIn(path) {
  const all = await readdir(path, { recursive: true, withFileTypes: true });
  const files = all.filter((each) => each.isFile() && /\.(?:html|[jt]sx?)$/.test(each.name));
  const entries = files.map(async (each) => {
    const file = join(each.parentPath ?? each.path, each.name);
    return [file.slice(path.length + 1), await readFile(file, "utf8")];
  });
  return Object.fromEntries(await Promise.all(entries));
}
