import assert from "node:assert/strict";
import { test } from "node:test";
import { thrown, webContext } from "./context.mjs";

const { run } = webContext();

test("a request from the wire", async () => {
  const seen = await run(async () => {
    const type = "application/x-www-form-urlencoded";
    const asked = {
      method: "POST",
      url: "http://h/page/2?x",
      fields: ["content-type", type, "cookie", "a=1; b=2"],
      body: new TextEncoder().encode("name=Ada"),
      params: { n: "2" },
    };
    const request = __web.requestFrom(asked);
    const twin = request.clone();
    const form = await request.formData();
    return [
      [request instanceof Request, request.method, request.url, request.bodyUsed],
      [__web.askedOf(request) === asked, __web.askedOf(twin) === asked, __web.askedOf("x")],
      [request.headers.get("cookie"), request.params.n, request.cookies.get("b")],
      [form.get("name"), await twin.text(), twin.params.n],
    ];
  });
  assert.deepEqual(seen, [
    [true, "POST", "http://h/page/2?x", true],
    [true, false, null],
    ["a=1; b=2", "2", "2"],
    ["Ada", "name=Ada", "2"],
  ]);
});

test("outside a route there are no params and no cookies, as in Bun", async () => {
  const seen = await run(() => {
    const request = __web.requestFrom({ method: "GET", url: "http://h/", fields: [], body: null });
    return [request.params === undefined, request.cookies === undefined, request.body];
  });
  assert.deepEqual(seen, [true, true, null]);
});

test("a client that goes away aborts the signal, asked for or not", async () => {
  const seen = await run(() => {
    const fresh = () =>
      __web.requestFrom({ method: "GET", url: "http://h/", fields: [], body: null });
    const [early, late] = [fresh(), fresh()];
    const heard = [];
    early.signal.addEventListener("abort", () => heard.push("abort"));
    for (const request of [early, late]) __web.abort(__web.askedOf(request));
    return [heard, early.signal.aborted, late.signal.aborted, late.signal.reason.name];
  });
  assert.deepEqual(seen, [["abort"], true, true, "AbortError"]);
});

test("a response's parts: text or bytes when it is in memory, a stream when it is one", async () => {
  const seen = await run(async () => {
    const parts = (...of) => {
      const { status, fields, body } = __web.responseParts(new Response(...of));
      const kind = body instanceof ReadableStream ? "ReadableStream" : body;
      return [status, fields, body instanceof Uint8Array ? [...body] : kind];
    };
    return [
      parts("ü", {
        headers: [
          ["X", "y"],
          ["Set-Cookie", "a=1"],
          ["set-cookie", "b=2"],
        ],
      }),
      parts(null, { status: 404 }),
      parts("dropped", { status: 204 }),
      parts("dropped", { status: 204, headers: { vary: "content-type" } }),
      parts(new Blob(["b"])),
      parts(new Response("through").body),
      parts(new ReadableStream()),
    ];
  });
  assert.deepEqual(seen, [
    [
      200,
      [
        ...["x", "y", "set-cookie", "a=1", "set-cookie", "b=2"],
        ...["content-type", "text/plain;charset=utf-8"],
      ],
      "ü",
    ],
    [404, [], null],
    [204, [], null],
    [204, ["vary", "content-type"], null],
    [200, ["content-type", "text/plain;charset=utf-8"], [98]],
    [200, [], "through"],
    [200, [], "ReadableStream"],
  ]);
});

test("Response.error() is no answer", async () => {
  const [name] = await run(thrown("() => __web.responseParts(Response.error())"));
  assert.equal(name, "TypeError");
});

test("a response can be sent once, its clones as often as one likes", async () => {
  const seen = await run(() => {
    const page = new Response("x");
    return [page.clone(), page.clone(), page].map((each) => __web.responseParts(each).body.length);
  });
  assert.deepEqual(seen, [1, 1, 1]);
  const twice =
    "() => { const r = new Response('x'); __web.responseParts(r); __web.responseParts(r); }";
  assert.deepEqual(await run(thrown(twice)), ["TypeError", "Body already used"]);
});

test("cookies that the code changed go out with the response", async () => {
  const seen = await run(() => {
    const head = { method: "GET", url: "http://h/", fields: ["cookie", "z=1"] };
    const asked = { ...head, body: null, params: {} };
    const request = __web.requestFrom(asked);
    const untouched = __web.responseParts(new Response(null), asked.cookies).fields;
    request.cookies.set("x", "y");
    request.cookies.delete("z");
    const response = new Response(null, { headers: { "set-cookie": "own=1" } });
    return [untouched, __web.responseParts(response, asked.cookies).fields];
  });
  assert.deepEqual(seen, [
    [],
    [
      ...["set-cookie", "own=1", "set-cookie", "x=y; Path=/; SameSite=Lax", "set-cookie"],
      "z=; Path=/; Expires=Thu, 01 Jan 1970 00:00:00 GMT; SameSite=Lax",
    ],
  ]);
});

test("a stream's chunks become bytes, or a clear error", async () => {
  assert.deepEqual(
    await run(() => [...__web.chunkBytes("ü"), ...__web.chunkBytes(new Uint16Array([1]))]),
    [195, 188, 1, 0],
  );
  const [name, message] = await run(thrown("() => __web.chunkBytes({})"));
  assert.deepEqual(
    [name, message],
    ["TypeError", "A body's stream must give strings or bytes, not object"],
  );
});

test("cancelling a generator's stream runs its finally", async () => {
  const seen = await run(async () => {
    const log = [];
    async function* ticks() {
      try {
        for (let at = 0; ; at++) yield `${at}`;
      } finally {
        log.push("finally");
      }
    }
    const { body } = __web.responseParts(new Response(ticks()));
    const reader = body.getReader();
    log.push((await reader.read()).value);
    await reader.cancel();
    return log;
  });
  assert.deepEqual(seen, ["0", "finally"]);
});
