import assert from "node:assert/strict";
import { test } from "node:test";
import { webContext } from "./context.mjs";

/** What the console prints for these arguments. */
async function printed(body) {
  const { run, logs } = webContext();
  await run(body);
  return logs.map(([, text]) => text).join("\n");
}

test("each level goes its way", async () => {
  const { run, logs } = webContext();
  await run(() => {
    const { debug, log, info, warn, error } = console;
    for (const print of [debug, log, info, warn, error]) print("x", 1);
  });
  assert.deepEqual(logs, [
    ["debug", "x 1"],
    ["log", "x 1"],
    ["info", "x 1"],
    ["warn", "x 1"],
    ["error", "x 1"],
  ]);
});

test("plain values", async () => {
  assert.equal(
    await printed(() =>
      console.log("s", "it's", 1, -0, 1n, true, null, undefined, Symbol("q"), NaN),
    ),
    "s it's 1 -0 1n true null undefined Symbol(q) NaN",
  );
  assert.equal(await printed(() => console.log()), "");
});

test("objects, arrays, collections and classes", async () => {
  const text = await printed(() => {
    class Point {
      x = 1;
      #hidden = 2;
      get y() {
        return 2;
      }
    }
    class Named extends Point {}
    console.log({
      a: "x\n",
      "b-c": [1, , "z"],
      f() {},
      [Symbol("s")]: 1,
      get g() {
        return 1;
      },
    });
    console.log(new Point(), [Named, () => 1]);
    console.log(Object.create(null), {}, []);
    console.log(new Map([["k", { v: 1 }]]), new Set([1, "2"]), new Uint8Array(2), new WeakMap());
    console.log(new Date(0), /x/g, Object("s"), new ArrayBuffer(3));
  });
  assert.equal(
    text,
    [
      "{",
      '  a: "x\\n",',
      '  "b-c": [ 1, empty item, "z" ],',
      "  f: [Function: f],",
      "  g: [Getter],",
      "  [Symbol(s)]: 1",
      "}",
      "Point { x: 1 } [ [class Named extends Point], [Function: (anonymous)] ]",
      "[Object: null prototype] {} {} []",
      'Map(1) { "k" => { v: 1 } } Set(2) { 1, "2" } Uint8Array(2) [ 0, 0 ] WeakMap {}',
      '1970-01-01T00:00:00.000Z /x/g [String: "s"] ArrayBuffer { byteLength: 3 }',
    ].join("\n"),
  );
});

test("cycles, depth and length end", async () => {
  const text = await printed(() => {
    const value = { name: "n" };
    value.self = value;
    console.log(value);
    console.log({ a: { b: { c: { d: 1 } } } }, [[[[1]]]]);
    console.log(Array.from({ length: 105 }, (_, at) => at));
    console.log(["x".repeat(10_010)]);
  });
  const lines = text.split("\n");
  assert.equal(lines[0], '{ name: "n", self: [Circular] }');
  assert.equal(lines[1], "{ a: { b: { c: [Object ...] } } } [ [ [ [Array ...] ] ] ]");
  assert.match(text, /99,\n? +\.\.\. 5 more items\n\]/);
  assert.match(text, /10 more characters/);
});

test("huge collections are cut", async () => {
  const text = await printed(() => {
    const many = Array.from({ length: 5000 }, (_, at) => at);
    console.log(many);
    console.log(new Set(many));
    console.log(new Map(many.map((each) => [each, each])));
  });
  assert.equal(text.match(/\.\.\. 4900 more items/g).length, 3);
});

test("a huge value costs little", async () => {
  const text = await printed(() => {
    const rows = Array.from({ length: 100 }, () =>
      Array.from({ length: 100 }, () => "x".repeat(50)),
    );
    console.log(rows, "y".repeat(1_000_000));
  });
  assert.ok(text.length < 17_000, `${text.length} characters`);
  assert.match(text, /more characters$/);
});

test("errors show the learner's own frames, causes and what they carry", async () => {
  const text = await printed(() => {
    __web.projectFiles.set("server.js", "");
    const error = new TypeError("boo", { cause: new Error("inner") });
    console.error(Object.assign(error, { code: "E1" }));
    console.log({ e: new DOMException("m", "AbortError") });
  });
  assert.match(text, /^TypeError: boo\n {4}at .*server\.js:\d+:\d+[^]* \{\n {2}code: "E1",\n/);
  assert.match(text, /\[cause\]: Error: inner\n/);
  assert.match(text, /AbortError: m\n/);
  assert.doesNotMatch(text, /web\.js|node:/);
});

test("directives", async () => {
  const { run, logs } = webContext();
  await run(() => {
    console.log(
      "%s|%d|%i|%f|%j|%o|%O|%c|%%|%x",
      "S",
      "42.5",
      42.9,
      "1.5",
      { a: 1 },
      [1],
      { b: 2 },
      "color: red",
      "rest",
    );
    console.log("%s and %s", "one");
    console.log("100%");
    console.log("%s", { a: { b: 1 } }, "%s");
    console.log("\x1b[32mgreen\x1b[0m");
  });
  assert.deepEqual(
    logs.map(([, text]) => text),
    [
      'S|42.5|42|1.5|{"a":1}|[ 1 ]|{ b: 2 }||%|%x rest',
      "one and %s",
      "100%",
      "{ a: [Object ...] } %s",
      "green",
    ],
  );
});

test("groups, counts, timers, assertions and tables", async () => {
  const { run, logs } = webContext();
  await run(() => {
    console.group("G");
    console.log("in\nside");
    console.groupEnd();
    console.count();
    console.count();
    console.countReset();
    console.count();
    console.assert(true, "no");
    console.assert(false, "bad", 1);
    console.time("t");
    console.timeEnd("t");
    console.timeEnd("t");
    console.table([{ a: 1, b: "x" }, { a: 2 }, 3]);
    console.table("no table");
  });
  const texts = logs.map(([, text]) => text);
  assert.deepEqual(texts.slice(0, 6), [
    "G",
    "  in\n  side",
    "default: 1",
    "default: 2",
    "default: 1",
    "Assertion failed: bad 1",
  ]);
  assert.match(texts[6], /^t: \d+\.\d\d ms$/);
  assert.equal(logs[7][0], "warn");
  assert.equal(
    texts[8],
    [
      "┌───┬───┬───┬────────┐",
      "│   │ a │ b │ Values │",
      "├───┼───┼───┼────────┤",
      "│ 0 │ 1 │ x │        │",
      "│ 1 │ 2 │   │        │",
      "│ 2 │   │   │ 3      │",
      "└───┴───┴───┴────────┘",
    ].join("\n"),
  );
  assert.equal(texts[9], "no table");
});

test("the Web's own classes", async () => {
  const text = await printed(() => {
    console.log(new Headers({ a: "b" }), new URLSearchParams("a=1"), new Blob(["x"]));
    console.log(new Request("http://h/"));
    console.log(new Response("x", { status: 201 }));
    console.log(new CustomEvent("e"), new AbortController().signal);
  });
  assert.equal(
    text,
    [
      'Headers { "a": "b" } URLSearchParams { "a": "1" } Blob { size: 1, type: "" }',
      'Request { method: "GET", url: "http://h/", headers: Headers {} }',
      "Response {",
      "  status: 201,",
      '  headers: Headers { "content-type": "text/plain;charset=utf-8" },',
      "  bodyUsed: false",
      "}",
      'CustomEvent { type: "e" } AbortSignal { aborted: false }',
    ].join("\n"),
  );
});
