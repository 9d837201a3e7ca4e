import assert from "node:assert/strict";
import { test } from "node:test";
import { thrown, webContext } from "./context.mjs";

const { run } = webContext();

test("a Response takes every kind of body, and knows its type", async () => {
  const seen = await run(async () => {
    const bodies = [
      "text",
      new URLSearchParams({ a: "b c" }),
      new Blob(["blob"], { type: "text/x" }),
      new TextEncoder().encode("bytes"),
      new TextEncoder().encode("buffer").buffer,
      new DataView(new TextEncoder().encode("xview").buffer, 1),
      new ReadableStream({
        start: (c) => (c.enqueue("str"), c.enqueue(new Uint8Array([33])), c.close()),
      }),
      (async function* () {
        yield "gen";
        yield new Uint8Array([33]);
      })(),
      async function* () {
        yield "function";
      },
      { toString: () => "object" },
      5,
      null,
      undefined,
    ];
    return Promise.all(
      bodies.map(async (body) => {
        const response = new Response(body);
        return [await response.text(), response.headers.get("content-type")];
      }),
    );
  });
  const text = "text/plain;charset=utf-8";
  assert.deepEqual(seen, [
    ["text", text],
    ["a=b+c", "application/x-www-form-urlencoded;charset=UTF-8"],
    ["blob", "text/x"],
    ["bytes", null],
    ["buffer", null],
    ["view", null],
    ["str!", null],
    ["gen!", null],
    ["function", null],
    ["object", text],
    ["5", text],
    ["", null],
    ["", null],
  ]);
});

test("a body is read once", async () => {
  const seen = await run(async () => {
    const response = new Response("x");
    const before = response.bodyUsed;
    await response.text();
    const again = await response.text().catch((error) => [error.name, error.message]);
    const empty = new Response(null);
    await empty.text();
    return [before, response.bodyUsed, again, empty.bodyUsed, await empty.text()];
  });
  assert.deepEqual(seen, [false, true, ["TypeError", "Body already used"], false, ""]);
  const clone = "async () => { const r = new Response('x'); await r.text(); r.clone(); }";
  assert.equal((await run(thrown(clone)))[0], "TypeError");
});

test("every way to read", async () => {
  const seen = await run(async () => {
    const fresh = () => new Response('{"a":[1]}', { headers: { "content-type": "x/y" } });
    const blob = await fresh().blob();
    return [
      await fresh().json(),
      (await fresh().bytes()).length,
      (await fresh().arrayBuffer()).byteLength,
      [blob.type, blob.size, await blob.text()],
      await new Response("{").json().catch((error) => error.name),
    ];
  });
  assert.deepEqual(seen, [{ a: [1] }, 9, 9, ["x/y", 9, '{"a":[1]}'], "SyntaxError"]);
});

test("clones are read apart, from memory and from streams", async () => {
  const seen = await run(async () => {
    const stream = () => new ReadableStream({ start: (c) => (c.enqueue("s"), c.close()) });
    const all = [];
    for (const body of ["text", stream()]) {
      const response = new Response(body, { status: 201, headers: { x: "y" } });
      const twin = response.clone();
      twin.headers.set("x", "z");
      all.push([await twin.text(), await response.text(), twin.status, response.headers.get("x")]);
    }
    return all;
  });
  assert.deepEqual(seen, [
    ["text", "text", 201, "y"],
    ["s", "s", 201, "y"],
  ]);
});

test("passing a body on uses up the one it came from", async () => {
  const seen = await run(async () => {
    const first = new Response("x");
    const second = new Response(first.body, first);
    const before = [first.bodyUsed, second.bodyUsed];
    return [before, await second.text(), first.bodyUsed, await first.text().catch((e) => e.name)];
  });
  assert.deepEqual(seen, [[false, false], "x", true, "TypeError"]);
});

test("the stream of a body", async () => {
  const seen = await run(async () => {
    const response = new Response("abc");
    const reader = response.body.getReader();
    const { value } = await reader.read();
    const used = response.bodyUsed;
    const done = (await reader.read()).done;
    return [[...value], used, done, response.body === response.body];
  });
  assert.deepEqual(seen, [[97, 98, 99], true, true, true]);
});

test("Response.json, redirect and error", async () => {
  const seen = await run(async () => {
    const json = Response.json({ a: 1 }, { status: 201, headers: { x: "y" } });
    const redirect = Response.redirect("/a", 303);
    return [
      [await json.text(), json.status, [...json.headers]],
      [redirect.status, redirect.headers.get("location")],
      Response.redirect("/b").status,
      Response.redirect("http://h/ü").headers.get("location"),
      Response.json(1, { headers: { "content-type": "own" } }).headers.get("content-type"),
      [Response.error().type, Response.error().status],
    ];
  });
  assert.deepEqual(seen, [
    [
      '{"a":1}',
      201,
      [
        ["content-type", "application/json;charset=utf-8"],
        ["x", "y"],
      ],
    ],
    [303, "/a"],
    302,
    "http://h/%C3%BC",
    "own",
    ["error", 0],
  ]);
  assert.equal((await run(thrown("() => Response.redirect('/a', 200)")))[0], "RangeError");
  assert.equal((await run(thrown("() => Response.json(undefined)")))[0], "TypeError");
  assert.equal((await run(thrown("() => new Response('', {status: 99})")))[0], "RangeError");
});

test("a Request from an address, and from another Request", async () => {
  const seen = await run(async () => {
    const first = new Request("http://h/a b", {
      method: "post",
      body: new URLSearchParams({ a: "1" }),
      headers: { X: "y" },
    });
    const second = new Request(first, { headers: { z: "1" } });
    const copy = second.clone();
    return [
      [first.method, first.url, first.headers.get("x"), first.bodyUsed],
      [second.method, await second.text(), second.headers.get("x"), second.headers.get("z")],
      [await copy.text(), copy.method, copy.redirect, copy.signal.aborted],
    ];
  });
  assert.deepEqual(seen, [
    ["POST", "http://h/a%20b", "y", true],
    ["POST", "a=1", null, "1"],
    ["a=1", "POST", "follow", false],
  ]);
  assert.equal((await run(thrown("() => new Request('/a')")))[0], "TypeError");
  assert.equal(
    (await run(thrown("() => new Request('http://h/', {method: 'a b'})")))[0],
    "TypeError",
  );
});

test("a request's signal follows the one it was given", async () => {
  const seen = await run(() => {
    const controller = new AbortController();
    const request = new Request("http://h/", { signal: controller.signal });
    controller.abort("why");
    return [request.signal.aborted, request.signal.reason];
  });
  assert.deepEqual(seen, [true, "why"]);
});
