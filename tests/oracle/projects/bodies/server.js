// What becomes of a Response's body and of its headers.
const once = new Response("once");
const html = (text, init) =>
  new Response(text, { headers: { "Content-Type": "text/html" }, ...init });

const answers = {
  text: () => new Response("text ü"),
  html: () => html("<p>ü"),
  empty: () => new Response(""),
  none: () => new Response(),
  null: () => new Response(null),
  undefined: () => new Response(undefined),
  number: () => new Response(5),
  object: () => new Response({ a: 1 }),
  bytes: () => new Response(new Uint8Array([0, 255, 128])),
  view: () => new Response(new Uint16Array([1, 2]).subarray(1)),
  buffer: () => new Response(new TextEncoder().encode("buffer").buffer),
  blob: () => new Response(new Blob(["blob"], { type: "text/x-blob" })),
  untyped: () => new Response(new Blob(["blob"])),
  file: () => new Response(new File(["file"], "f.txt", { type: "text/x-file" })),
  query: () => new Response(new URLSearchParams({ a: "1 2", b: "ü" })),
  json: () => Response.json({ a: [1, null] }),
  "json-status": () => Response.json({ a: 1 }, { status: 418, headers: { "X-A": "b" } }),
  "json-typed": () => Response.json(1, { headers: { "content-type": "application/problem+json" } }),
  redirect: () => Response.redirect("/text"),
  "redirect-303": () => Response.redirect("http://example.org/a b", 303),
  "redirect-init": () => Response.redirect("/text", { status: 307, headers: { "X-A": "b" } }),
  202: () => new Response("x", { status: 202, statusText: "Fine" }),
  204: () => new Response(null, { status: 204 }),
  "204-body": () => new Response("x", { status: 204 }),
  304: () => new Response(null, { status: 304, headers: { ETag: '"x"' } }),
  599: () => new Response("x", { status: 599 }),
  length: () => new Response("abc", { headers: { "Content-Length": "99" } }),
  cookies: () =>
    new Response("x", {
      headers: [
        ["Set-Cookie", "a=1"],
        ["set-cookie", "b=2; Path=/"],
        ["X-A", "1"],
        ["x-a", "2"],
      ],
    }),
  late: async () => {
    await Bun.sleep(5);
    return new Response("late");
  },
  clone: () => {
    const first = new Response("cloned", { status: 203, headers: { "X-A": "1" } });
    return first.clone();
  },
  long: () => new Response("0123456789".repeat(30_000)),
  stream: () =>
    new Response(
      new ReadableStream({
        start(controller) {
          controller.enqueue("one ");
          controller.enqueue(new TextEncoder().encode("two"));
          controller.close();
        },
      }),
    ),
  generator: () =>
    new Response(
      (async function* () {
        yield "one ";
        await Bun.sleep(2);
        yield "two";
      })(),
    ),
  "generator-function": () =>
    new Response(async function* () {
      yield "one ";
      yield new Uint8Array([116, 119, 111]);
    }),
  "blob-stream": () => new Response(new Blob(["from a blob"]).stream()),
  piped: () =>
    new Response(
      new Response("text").body.pipeThrough(new TextDecoderStream()).pipeThrough(upper()),
    ),
  hx: () => html("<p>", { headers: { "HX-Trigger": '{"a":"ü"}', "HX-Push-Url": "/x" } }),
  once: () => once,
  string: () => "a string",
  nothing: () => undefined,
  number5: () => 5,
};

const upper = () =>
  new TransformStream({
    transform: (chunk, controller) => controller.enqueue(chunk.toUpperCase()),
  });

export default {
  fetch(req) {
    const name = new URL(req.url).pathname.slice(1);
    return answers[name]?.() ?? new Response(Object.keys(answers).join(" "), { status: 404 });
  },
};
