// The Web's own types, each asked for what it answers.
const tried = (act) => {
  try {
    return act() ?? "undefined";
  } catch (error) {
    return error.name;
  }
};
const tried2 = async (act) => {
  try {
    return (await act()) ?? "undefined";
  } catch (error) {
    return error.name;
  }
};

const answers = {
  headers: () => {
    const headers = new Headers({ "X-B": " two ", "x-a": "1" });
    headers.append("X-A", "2");
    headers.append("Set-Cookie", "a=1");
    headers.append("Set-Cookie", "b=2");
    return [
      [...headers],
      headers.get("x-a"),
      headers.get("none"),
      headers.getSetCookie(),
      headers.has("X-B"),
      headers.delete("x-b") ?? null,
      [...headers.keys()],
      tried(() => new Headers({ "bad name": "1" })),
      tried(() => new Headers({ a: "1\n2" })),
      tried(() => new Headers([["a"]])),
    ];
  },
  url: () => {
    const url = new URL("../b/./c?x=1&y=%20#h", "http://u:p@example.org:8080/a/d/e");
    const parts = [url.href, url.origin, url.host, url.port, url.pathname, url.search, url.hash];
    url.searchParams.append("z", "ü &");
    url.searchParams.delete("x");
    url.port = "80";
    url.hash = "";
    return [
      parts,
      url.href,
      [...url.searchParams],
      URL.canParse("nonsense"),
      URL.canParse("/a", "http://b"),
      URL.parse("nonsense"),
      tried(() => new URL("nonsense")),
      JSON.stringify({ url }),
      new URL("http://EXAMPLE.org/ü?ü").href,
      new URL("http://bücher.example/").host,
    ];
  },
  params: () => {
    const params = new URLSearchParams("?b=2&a=1&b=3&c");
    params.sort();
    params.set("b", "4");
    params.append("d", "a b&c");
    return [
      params.toString(),
      params.size,
      params.getAll("b"),
      params.get("none"),
      params.has("a", "1"),
      params.has("a", "2"),
      new URLSearchParams({ x: "1" }).toString(),
      new URLSearchParams([["y", "2"]]).toString(),
      [...new URLSearchParams("a=%zz&b=+&=c")],
    ];
  },
  request: async () => {
    const first = new Request("http://h/a?b#c", {
      method: "post",
      body: "text",
      headers: { "X-A": "1" },
    });
    const second = new Request(first.clone(), { method: "PUT" });
    return [
      [first.method, first.url, first.headers.get("content-type"), first.bodyUsed],
      [second.method, await second.text(), second.headers.get("x-a")],
      [await first.text(), first.bodyUsed],
      await tried2(() => first.text()),
      tried(() => new Request("nonsense")),
      tried(() => new Request("http://h", { method: "bad method" })),
    ];
  },
  response: async () => {
    const response = new Response("text", { status: 201, statusText: "Made", headers: { a: "b" } });
    const twin = response.clone();
    return [
      [response.status, response.ok, response.statusText, response.type, response.redirected],
      [await response.text(), response.bodyUsed, await twin.json().catch((error) => error.name)],
      tried(() => new Response("x", { status: 99 })),
      tried(() => new Response("x", { status: 600 })),
      tried(() => Response.redirect("/x", 200)),
      tried(() => Response.json(undefined)),
      [Response.error().type, Response.error().status],
      await new Response(new Blob(["a"], { type: "text/x" }))
        .blob()
        .then((blob) => [blob.type, blob.size]),
      [...new Uint8Array(await new Response("ü").arrayBuffer())],
      await new Response("a=1&b=2", {
        headers: { "content-type": "application/x-www-form-urlencoded" },
      })
        .formData()
        .then((form) => [...form]),
      new Response("").headers.get("content-type"),
      new Response(new URLSearchParams()).headers.get("content-type"),
      new Response(null).body,
    ];
  },
  blob: async () => {
    const blob = new Blob(["ab", new Uint8Array([99]), new Blob(["d"])], { type: "Text/X" });
    const file = new File(["x"], "n.txt", { type: "text/plain", lastModified: 5 });
    return [
      [
        blob.size,
        blob.type,
        await blob.text(),
        await blob.slice(1, 3).text(),
        await blob.slice(-2).text(),
      ],
      blob.slice(0, 1, "text/y").type,
      [file.name, file.size, file.lastModified, file instanceof Blob],
      [...(await new Blob(["ü"]).bytes())],
      await new Response(blob.stream()).text(),
    ];
  },
  form: async () => {
    const form = new FormData();
    form.append("a", "1");
    form.append("a", 2);
    form.append("file", new Blob(["x"], { type: "text/plain" }), "x.txt");
    form.set("b", "3");
    const response = new Response(form);
    const type = response.headers.get("content-type").replace(/boundary=.*/, "boundary");
    const back = await response.formData();
    return [
      type,
      [...form.keys()],
      form.getAll("a"),
      form.has("c"),
      [back.get("a"), back.get("file").name, await back.get("file").text()],
      form.delete("a") ?? null,
      form.get("a"),
    ];
  },
  encoding: async () => {
    const encoder = new TextEncoder();
    const decoder = new TextDecoder("utf-8");
    const into = encoder.encodeInto("aü🫐", new Uint8Array(4));
    return [
      [...encoder.encode("ü🫐\ud800")],
      into,
      decoder.decode(new Uint8Array([0xef, 0xbb, 0xbf, 97, 0xff])),
      tried(() => new TextDecoder("utf-8", { fatal: true }).decode(new Uint8Array([0xff]))),
      [
        decoder.decode(new Uint8Array([0xc3]), { stream: true }),
        decoder.decode(new Uint8Array([0xbc])),
      ],
      new TextDecoder("latin1").encoding,
      new TextDecoder("utf-16le").decode(new Uint8Array([97, 0])),
      tried(() => new TextDecoder("nonsense")),
      await new Response(
        new Blob(["aü"])
          .stream()
          .pipeThrough(new TextDecoderStream())
          .pipeThrough(new TextEncoderStream()),
      ).text(),
    ];
  },
  streams: async () => {
    const { readable, writable } = new TransformStream({
      transform: (chunk, controller) => controller.enqueue(chunk * 2),
      flush: (controller) => controller.enqueue("end"),
    });
    const writer = writable.getWriter();
    const written = [writer.write(1), writer.write(2), writer.close()];
    const seen = [];
    for await (const chunk of readable) seen.push(chunk);
    await Promise.all(written);
    const sunk = [];
    const source = new ReadableStream({
      start(controller) {
        for (const chunk of ["a", "b"]) controller.enqueue(chunk);
        controller.close();
      },
    });
    const [left, right] = source.tee();
    await left.pipeTo(new WritableStream({ write: (chunk) => void sunk.push(chunk) }));
    const failing = new ReadableStream({ pull: () => Promise.reject(new RangeError("no")) });
    return [
      seen,
      sunk,
      await Array.fromAsync(right),
      await tried2(() => failing.getReader().read()),
      source.locked,
      await Array.fromAsync(ReadableStream.from([1, 2])),
      new CountQueuingStrategy({ highWaterMark: 2 }).highWaterMark,
    ];
  },
  events: async () => {
    const target = new EventTarget();
    const heard = [];
    target.addEventListener("x", (event) => heard.push(["first", event.type]), { once: true });
    target.addEventListener("x", { handleEvent: (event) => event.preventDefault() });
    const told = [new Event("x", { cancelable: true }), new CustomEvent("x", { detail: 5 })];
    const results = told.map((event) => target.dispatchEvent(event));
    return [heard, results, told[1].detail, told[0].defaultPrevented, told[0].bubbles];
  },
  abort: async () => {
    const controller = new AbortController();
    const any = AbortSignal.any([controller.signal, AbortSignal.timeout(10_000)]);
    const heard = [];
    controller.signal.addEventListener("abort", () => heard.push("own"));
    any.onabort = () => heard.push("any");
    controller.abort();
    controller.abort("again");
    const late = AbortSignal.timeout(1);
    await new Promise((resolve) => late.addEventListener("abort", resolve));
    return [
      heard,
      controller.signal.reason.name,
      controller.signal.reason.code,
      any.aborted,
      late.reason.name,
      AbortSignal.abort("why").reason,
      tried(() => AbortSignal.abort().throwIfAborted()),
      tried(() => new AbortSignal()),
    ];
  },
  timers: async () => {
    const seen = [];
    queueMicrotask(() => seen.push("microtask"));
    setTimeout(() => seen.push("zero"), 0);
    const cleared = setTimeout(() => seen.push("never"), 0);
    clearTimeout(cleared);
    let times = 0;
    await new Promise((resolve) => {
      const timer = setInterval(() => {
        if (++times === 3) resolve(clearInterval(timer));
      }, 1);
    });
    await new Promise((resolve) => setTimeout(resolve, 5, "x"));
    return [seen, times, tried(() => queueMicrotask(5)), performance.now() > 0];
  },
  clone: () => {
    const shared = { a: new Date(0), b: new Map([[1, new Set([2])]]), c: [1n, undefined, /x/g] };
    shared.self = shared;
    const twin = structuredClone(shared);
    const error = structuredClone(new RangeError("no"));
    return [
      twin !== shared,
      twin.self === twin,
      twin.a.getTime(),
      twin.b.get(1).has(2),
      String(twin.c),
      [error.name, error.message, error instanceof RangeError],
      tried(() => structuredClone(() => 1)),
      tried(() => structuredClone(Symbol("x"))),
      structuredClone(new Uint8Array([1, 2])).length,
    ];
  },
  errors: () => {
    const error = new DOMException("text", "AbortError");
    return [error.name, error.message, error.code, error instanceof Error, DOMException.ABORT_ERR];
  },
  bun: async () => {
    const began = performance.now();
    await Bun.sleep(10);
    return [
      performance.now() - began >= 9,
      Bun.escapeHTML(`<a href="x">'&`),
      Bun.escapeHTML(5),
      typeof Bun.env,
      process.env === Bun.env,
      typeof Bun.file,
      await tried2(() => Bun.file("none").text()),
    ];
  },
  globals: () =>
    (
      "AbortController AbortSignal Blob CryptoKey CustomEvent DOMException Event EventTarget File " +
      "FormData Headers MessageEvent ReadableStream Request Response SubtleCrypto TextDecoder " +
      "TextDecoderStream TextEncoder TextEncoderStream TransformStream URL URLSearchParams " +
      "WritableStream atob btoa clearTimeout console crypto fetch performance queueMicrotask " +
      "setImmediate setInterval setTimeout structuredClone"
    )
      .split(" ")
      .map((name) => [name, typeof globalThis[name], Object.keys(globalThis).includes(name)]),
};

export default {
  async fetch(req) {
    const name = new URL(req.url).pathname.slice(1);
    if (name === "") return new Response(Object.keys(answers).join(" "));
    return Response.json(await answers[name]());
  },
};
