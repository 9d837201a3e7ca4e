// The known mistakes of htmx's attributes: the table of names against the packages' own sources, each rule with its
// sentences, and what is right in other people's pages, the lessons' own among them.

import assert from "node:assert/strict";
import { readFile, readdir } from "node:fs/promises";
import { test } from "node:test";
import { judge } from "../../embedded/scripts/mistakes/attributes.js";
import {
  attributesOf,
  EVENTS_2,
  OTHERS,
  STILL_TAKEN,
} from "../../embedded/scripts/mistakes/known.js";
import { libraryFor } from "../../embedded/scripts/mistakes/library.js";
import { mistake } from "../../embedded/scripts/mistakes/sentences.js";
import { codeMistakes } from "../../embedded/scripts/workbench/code-mistakes.js";

const PACKAGES = new URL("../../embedded/node_modules/", import.meta.url);
const source = (path) => readFile(new URL(path, PACKAGES), "utf8");
const VERBS = ["get", "post", "put", "delete", "patch"].map((verb) => `hx-${verb}`);

/** The names of attributes in a source: in quotes or in the brackets of a selector. */
function names(text) {
  const found = text.matchAll(/['"`[]((?:hx|ws|sse)-[a-z]+(?:-[a-z]+)*(?::[a-z]+)?)(?=['"`\]=])/g);
  return new Set([...found].map(([, name]) => name));
}

async function namesIn(...paths) {
  const texts = await Promise.all(paths.map(source));
  return new Set(texts.flatMap((text) => [...names(text)]));
}

// What the sources name beside attributes of today: elements, prefixes, keys in JSON, and what only old pages have.
const NO_ATTRIBUTE = new Set(
  "hx-on hx-ws hx-sse hx-live hx-partial hx-csp hx-multipart hx-last-part-id sse-swap".split(" "),
);

test("the table of names is what the packages' sources have", async () => {
  const two = await namesIn(
    "htmx2/dist/htmx.js",
    "htmx-ext-ws/dist/ws.js",
    "htmx-ext-sse/dist/sse.js",
  );
  const folder = new URL("htmx4/dist/ext/", PACKAGES);
  const extensions = (await readdir(folder)).filter((name) => /^hx-[a-z-]+\.js$/.test(name));
  const four = await namesIn(
    "htmx4/dist/htmx.js",
    ...extensions.map((name) => `htmx4/dist/ext/${name}`),
  );
  for (const [version, found] of [
    [2, two],
    [4, four],
  ]) {
    const known = new Set([...attributesOf(version), ...OTHERS[version]]);
    const isRight = (name) => known.has(name) || (version === 4 && STILL_TAKEN.has(name));
    const missing = [...found].filter((name) => !isRight(name) && !NO_ATTRIBUTE.has(name));
    assert.deepEqual(missing, [], `htmx ${version} has these, and the table has not`);
    const core =
      version === 2 ? await source("htmx2/dist/htmx.js") : await source("htmx4/dist/htmx.js");
    const all = [core, ...(await Promise.all(extensionsOf(version, extensions).map(source)))].join(
      "\n",
    );
    const gone = [...known].filter(
      (name) =>
        !VERBS.includes(name) && name !== "hx-query" && name !== "hx-head" && !all.includes(name),
    );
    assert.deepEqual(gone, [], `the table has these, and htmx ${version} has not`);
  }
});

const extensionsOf = (version, four) =>
  version === 2
    ? ["htmx-ext-ws/dist/ws.js", "htmx-ext-sse/dist/sse.js"]
    : four.map((name) => `htmx4/dist/ext/${name}`);

test("the events of htmx 2 that are known are in its sources", async () => {
  const paths = ["htmx2/dist/htmx.js", "htmx-ext-ws/dist/ws.js", "htmx-ext-sse/dist/sse.js"];
  const text = (await Promise.all(paths.map(source))).join("\n");
  const camel = (name) => `htmx:${name.replaceAll(/-(\w)/g, (_, letter) => letter.toUpperCase())}`;
  assert.deepEqual(
    EVENTS_2.filter((name) => !text.includes(camel(name))),
    [],
  );
});

const said = (name, version) => {
  const broken = judge(name, version);
  return broken && Object.values(mistake(broken)).slice(1).join(" ");
};

test("each mistake in a name has its sentence", () => {
  for (const [name, version, words] of [
    [
      "hx-traget",
      2,
      "There is no attribute `hx-traget` in htmx 2, so it does nothing. Did you mean `hx-target`?",
    ],
    ["data-hx-swp", 2, "Did you mean `hx-swap`?"],
    ["hx-disable-elt", 2, "Did you mean `hx-disabled-elt`?"],
    ["ws-conect", 2, "Did you mean `ws-connect`?"],
    [
      "hx-whatever",
      2,
      "There is no attribute `hx-whatever` in htmx 2, so it does nothing. Look at how",
    ],
    ["hx-traget:inherited", 4, "Did you mean `hx-target`?"],
    [
      "hx-ws:connect",
      2,
      "belongs to htmx 4, and this page loads htmx 2, where it does nothing. Use `ws-connect`",
    ],
    ["hx-target:inherited", 2, "Use `hx-target`, which htmx 2 inherits by itself."],
    [
      "hx-disabled-elt",
      4,
      "belongs to htmx 2, and this page loads htmx 4, where it does nothing. Use `hx-disable`.",
    ],
    ["sse-swap", 4, "Use `hx-sse:connect`"],
    [
      "hx-onclick",
      2,
      "so its code never runs. Write a colon between `hx-on` and the event: `hx-on:click`.",
    ],
    ["hx-onclick", 4, "`hx-on:click`"],
    ["hx-on-click", 4, "`hx-on:click`"],
    ["hx-on", 2, "`hx-on:click`"],
    ["hx-on::afterrequest", 2, "Write `hx-on::after-request`."],
    ["hx-on:htmx:afterswap", 2, "Write `hx-on::after-swap`."],
    ["hx-on::after-request", 4, "Write `hx-on::after:request`."],
  ]) {
    assert.ok(
      said(name, version)?.includes(words),
      `${name} in htmx ${version}: ${said(name, version)}`,
    );
  }
});

const RIGHT = {
  2:
    "class data-on hx hxtarget hx-get data-hx-get HX-POST hx-on:click hx-on-click hx-on::after-request hx-on:htmx:after-swap " +
    "hx-on--before-request hx-on:my-event hx-on:keydown data-hx-on:submit hx-on::ws-config-send hx-history-elt ws-send " +
    "data-ws-connect sse-swap hx-target-404 hx-target-5* hx-target-error hx-head hx-vars ws-id sse-x hx-ext",
  4:
    "hx-get hx-query hx-on hx-on:click hx-on::after:request hx-on:htmx:before:swap hx-target:inherited hx-vals:append " +
    "hx-headers:inherited:append data-hx-boost:inherited hx-status:422 hx-status:5xx hx-ws:connect hx-sse:close hx-live " +
    "hx-live:text hx-config hx-ignore hx-disable hx-preload hx-nonce ws-connect sse-connect hx-multipart:connect",
};

test("what is right is not found", () => {
  for (const version of [2, 4])
    for (const name of RIGHT[version].split(" ")) assert.equal(judge(name, version), null, name);
  assert.equal(judge("hx-their-own-thing", 2, true), null, "an extension's own attribute");
});

const projectOf = (files) => ({
  names: Object.keys(files),
  isText: () => true,
  text: (name) => files[name],
});
const found = (files) =>
  codeMistakes(projectOf(files)).map(({ text, frame }) => `${frame.file}:${frame.line} ${text}`);

test("the code is read with its lines, and not its comments", () => {
  const page =
    '<script src="/lib/htmx-2.js"></script>\n<!-- <p hx-old="x"> -->\n<p hx-traget="#x">';
  const server =
    '// hx-no="thing"\nconst head = "hx-request";\nif (a.hx-b === c) d();\nconst p = `<b data-hx-swop=${s}>`;\n';
  assert.deepEqual(found({ "index.html": page, "server.js": server }), [
    "index.html:3 There is no attribute `hx-traget` in htmx 2, so it does nothing.",
    "server.js:4 There is no attribute `hx-swop` in htmx 2, so it does nothing.",
  ]);
  assert.deepEqual(found({ "index.html": '<p hx-traget="#x">' }), [], "no version is known");
});

test("a server's answer to the path of index.html is never asked for", () => {
  const page = { "index.html": "<p>", "page.js": 'if (location.pathname === "/") go();' };
  const shadowed = (server, more = page) => found({ ...more, "server.js": server });
  for (const [server, line] of [
    [
      'import { Hono } from "hono";\nconst app = new Hono();\napp.get("/", (c) => c.html(page));',
      3,
    ],
    ['Bun.serve({ fetch(req) {\n  if (new URL(req.url).pathname === "/") return page();\n} });', 2],
  ]) {
    const [told, ...more] = shadowed(server);
    assert.match(told, new RegExp(`^server.js:${line} The server’s answer to \`/\` is never`));
    assert.deepEqual(more, []);
    assert.deepEqual(shadowed(server, {}), [], "without index.html");
  }
  for (const server of [
    'Bun.serve({ routes: { "/": () => page() } });',
    'export default { fetch({ url, method }) {\n  if (method === "POST" && new URL(url).pathname === "/") return save();\n} };',
    'import { Hono } from "hono";\nconst app = new Hono();\napp.get("/rooms", (c) => c.text(rooms.get("/")));',
    '// app.get("/", …)\nexport default { fetch: () => Response.redirect("/") };',
    'app.get("/rooms", list);\nexport default app;',
  ]) {
    assert.deepEqual(shadowed(server), []);
  }
});

const LESSONS = new URL("../../lessons/", import.meta.url);

test("no file of the course has a mistake", async () => {
  const entries = await readdir(LESSONS, { recursive: true, withFileTypes: true });
  const files = {};
  for (const { name, parentPath } of entries.filter((entry) => entry.isFile())) {
    if (!/\.(html|js|diff)$/.test(name)) continue;
    const path = `${parentPath}/${name}`;
    const text = await readFile(path, "utf8");
    const lines = name.endsWith(".diff") ? text.replaceAll(/^[-+ ]/gm, "") : text;
    files[`${path.slice(LESSONS.pathname.length)}.js`] = lines;
  }
  const two = Object.entries(files).map(([name, text]) => [
    name,
    text.replaceAll("/lib/htmx-4.js", ""),
  ]);
  assert.ok(two.length > 30);
  assert.deepEqual(found(Object.fromEntries([...two, ["v.js", "/lib/htmx-2.js"]])), []);
});

test("the sandbox's own copy of a library is named", () => {
  for (const [url, library] of [
    ["https://example.com/htmx.min.js", "/lib/htmx-2.js"],
    ["https://example.com/htmx.org@2.0.4/dist/htmx.js", "/lib/htmx-2.js"],
    ["https://example.com/htmx.org@4.0.1/dist/htmx.min.js", "/lib/htmx-4.js"],
    ["https://example.com/htmx-ext-ws@2.0.4/dist/ws.js", "/lib/htmx-2-ws.js"],
    ["https://four.htmx.org/js/htmx.js", "/lib/htmx-4.js"],
    ["https://example.com/htmx.org@1.9.12/dist/ext/sse.js", "/lib/htmx-2-sse.js"],
    ["https://example.com/htmx.org@4.0.1/dist/ext/hx-ws.js", "/lib/htmx-4-ws.js"],
    ["https://example.com/htmx-ext-preload@2.1.0/preload.js", null],
    ["https://example.com/idiomorph.js", "/lib/idiomorph.js"],
    ["https://example.com/bootstrap.css", null],
  ]) {
    assert.equal(libraryFor(url), library, url);
  }
});
