import assert from "node:assert/strict";
import { test } from "node:test";
import { thrown, webContext } from "./context.mjs";

const { run } = webContext();

test("a request from the wire", async () => {
  const seen = await run(async () => {
    const request = __web.requestFrom({
      method: "POST",
      url: "http://h/page/2?x",
      headers: [
        ["Content-Type", "application/x-www-form-urlencoded"],
        ["Cookie", "a=1"],
        ["Cookie", "b=2"],
      ],
      body: new TextEncoder().encode("name=Ada"),
      params: { n: "2" },
    });
    const twin = request.clone();
    const form = await request.formData();
    return [
      [request instanceof Request, request.method, request.url, request.bodyUsed],
      [request.headers.get("cookie"), request.params.n, request.cookies.get("b")],
      [form.get("name"), await twin.text(), twin.params.n],
    ];
  });
  assert.deepEqual(seen, [
    [true, "POST", "http://h/page/2?x", true],
    ["a=1; b=2", "2", "2"],
    ["Ada", "name=Ada", "2"],
  ]);
});

test("outside a route there are no params and no cookies, as in Bun", async () => {
  const seen = await run(() => {
    const request = __web.requestFrom({ method: "GET", url: "http://h/", headers: [], body: null });
    return [request.params === undefined, request.cookies === undefined, request.body];
  });
  assert.deepEqual(seen, [true, true, null]);
});

test("a client that goes away aborts the signal, asked for or not", async () => {
  const seen = await run(() => {
    const fresh = () => __web.requestFrom({ method: "GET", url: "http://h/", headers: [] });
    const [early, late] = [fresh(), fresh()];
    const heard = [];
    early.signal.addEventListener("abort", () => heard.push("abort"));
    for (const request of [early, late]) __web.abort(request);
    return [heard, early.signal.aborted, late.signal.aborted, late.signal.reason.name];
  });
  assert.deepEqual(seen, [["abort"], true, true, "AbortError"]);
});

test("a response's parts: bytes when it is in memory, a stream when it is one", async () => {
  const seen = await run(async () => {
    const parts = (...of) => {
      const { status, headers, body } = __web.responseParts(new Response(...of));
      return [
        status,
        headers,
        body instanceof Uint8Array ? [...body] : body && body.constructor.name,
      ];
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
      parts(new Blob(["b"])),
      parts(new Response("through").body),
      parts(new ReadableStream()),
    ];
  });
  assert.deepEqual(seen, [
    [
      200,
      [
        ["x", "y"],
        ["set-cookie", "a=1"],
        ["set-cookie", "b=2"],
        ["content-type", "text/plain;charset=utf-8"],
      ],
      [195, 188],
    ],
    [404, [], null],
    [204, [], null],
    [200, [["content-type", "text/plain;charset=utf-8"]], [98]],
    [200, [], [...Buffer.from("through")]],
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
    const request = __web.requestFrom({
      ...{ method: "GET", url: "http://h/", headers: [["cookie", "z=1"]], body: null, params: {} },
    });
    const untouched = __web.responseParts(new Response(null), request).headers;
    request.cookies.set("x", "y");
    request.cookies.delete("z");
    const response = new Response(null, { headers: { "set-cookie": "own=1" } });
    return [untouched, __web.responseParts(response, request).headers.map(([, value]) => value)];
  });
  assert.deepEqual(seen, [
    [],
    [
      "own=1",
      "x=y; Path=/; SameSite=Lax",
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
