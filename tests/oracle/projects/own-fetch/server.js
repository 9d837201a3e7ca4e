// fetch to the server itself: what it sends, what comes back, redirections, streams, and what is refused.

const server = Bun.serve({
  routes: {
    "/data": () => Response.json({ a: 1 }, { headers: { "x-made": "yes", "set-cookie": "a=1" } }),
    "/users/:id": (req) => Response.json(req.params),
    "/standing": new Response("standing"),
    "/nothing": () => new Response(null, { status: 204 }),
    "/missing": () => new Response("missing", { status: 404, statusText: "My Own" }),
    "/binary": () => new Response(new Uint8Array([1, 255])),
    "/found": () => Response.redirect("/echo?found", 302),
    "/other": () => Response.redirect("/echo?other", 303),
    "/kept": () => Response.redirect("/echo?kept", 307),
    "/round": () => Response.redirect("/round"),
    "/stream": () => new Response(pieces(["one ", "two ", "three"])),
    "/broken": () => new Response(pieces(["one", null])),
    "/late": (req) =>
      new Promise((resolve) => {
        req.signal.onabort = () => (aborted = req.signal.reason?.name);
        setTimeout(() => resolve(new Response("late")), 2_000);
      }),
    "/try/:name": async (req) => Response.json(await tried(tries[req.params.name])),
    "/proxy/*": (req) => fetch(new URL(new URL(req.url).pathname.slice("/proxy".length), url)),
  },
  async fetch(req) {
    const { method, headers } = req;
    const shown = Object.fromEntries([...headers].map(([name, value]) => [name, plain(value)]));
    const path = new URL(req.url).href.slice(new URL(req.url).origin.length);
    return Response.json({ method, path, headers: shown, body: plain(await req.text()) });
  },
});
const { url } = server;
let aborted;

const plain = (text) =>
  text.replaceAll(/-+(WebKit|hxlab)\w*/gi, "BOUNDARY").replaceAll(url.host, "HOST");
const at = (path) => new URL(path, url);
const pieces = (list) =>
  new ReadableStream({
    async pull(controller) {
      const piece = list.shift();
      await Bun.sleep(5);
      if (piece === undefined) controller.close();
      else if (piece === null) controller.error(new Error("broken"));
      else controller.enqueue(piece);
    },
  });
const form = () => {
  const form = new FormData();
  form.append("a", "1");
  return form;
};

async function tried(act) {
  try {
    const value = await act();
    if (!(value instanceof Response)) return value;
    const { status, statusText, ok, redirected, type } = value;
    const headers = [...value.headers].filter(([name]) => name !== "date").sort();
    const where = value.url.replace(url.origin, "");
    const body = plain(await value.text());
    return { status, statusText, ok, redirected, type, where, headers, body };
  } catch (error) {
    return [error.name, error.code];
  }
}

const post = (body, more) => fetch(at("/echo"), { method: "POST", body, ...more });

const tries = {
  get: () => fetch(url),
  path: () => fetch(at("/a%20b?c=d&e#f")),
  text: () => fetch(`${url}echo`),
  url: () => fetch(new Request(at("/echo"), { headers: { accept: "text/html", "x-a": "b" } })),
  post: () => post("text"),
  empty: () => post(undefined),
  params: () => post(new URLSearchParams({ a: "1", b: "x y" })),
  bytes: () => post(new Uint8Array([104, 105])),
  blob: () => post(new Blob(["a,b"], { type: "text/csv" })),
  stream: () => post(pieces(["one ", "two"])),
  json: () => post(JSON.stringify({ a: 1 }), { headers: { "content-type": "application/json" } }),
  request: () =>
    fetch(new Request(at("/echo"), { method: "PUT", body: "put" }), { method: "PATCH" }),
  form: async () => (await (await post(form())).json()).body.includes('name="a"'),
  length: () => fetch(at("/echo"), { headers: { "content-length": "99" } }),
  login: () => fetch(`http://ada:engine@${url.host}/echo`),
  head: () => fetch(at("/data"), { method: "HEAD" }),
  body: () => fetch(at("/echo"), { body: "x" }),
  data: () => fetch(at("/data")),
  json2: async () => (await fetch(at("/data"))).json(),
  cookies: async () => (await fetch(at("/data"))).headers.getSetCookie(),
  route: () => fetch(at("/users/a%20b")),
  standing: () => fetch(at("/standing")),
  nothing: () => fetch(at("/nothing")),
  missing: () => fetch(at("/missing")),
  binary: async () => [...(await (await fetch(at("/binary"))).bytes())],
  found: () => fetch(at("/found"), { method: "POST", body: "x" }),
  other: () => fetch(at("/other"), { method: "PUT", body: "x" }),
  kept: () => fetch(at("/kept"), { method: "POST", body: "x" }),
  manual: () => fetch(at("/found"), { redirect: "manual" }),
  error: () => fetch(at("/found"), { redirect: "error" }),
  round: () => fetch(at("/round")),
  streamed: () => fetch(at("/stream")),
  async read() {
    const response = await fetch(at("/stream"));
    let text = "";
    for await (const piece of response.body) text += new TextDecoder().decode(piece);
    return [text, response.bodyUsed];
  },
  broken: () => fetch(at("/broken")),
  async twice() {
    const response = await fetch(at("/data"));
    const twin = response.clone();
    return [await response.text(), await twin.text(), await tried(() => response.text())];
  },
  async late() {
    const refused = await tried(() => fetch(at("/late"), { signal: AbortSignal.timeout(20) }));
    await Bun.sleep(100);
    return [refused, aborted];
  },
  before: () => fetch(url, { signal: AbortSignal.abort() }),
  async midway() {
    const controller = new AbortController();
    const response = await fetch(at("/stream"), { signal: controller.signal });
    controller.abort();
    return response.text();
  },
  async many() {
    const all = Array.from({ length: 40 }, (_, id) => fetch(at(`/users/${id}`)));
    const people = await Promise.all((await Promise.all(all)).map((each) => each.json()));
    return people.map(({ id }) => id).join();
  },
  /** More than may be open at once: the others wait. */
  async crowd() {
    const all = Array.from({ length: 600 }, (_, id) => fetch(at(`/users/${id}`)));
    const people = await Promise.all((await Promise.all(all)).map((each) => each.json()));
    return [people.length, people.every(({ id }, at) => id === String(at))];
  },
  none: () => fetch(),
  blank: () => fetch(""),
  nonsense: () => fetch("nonsense"),
  slash: () => fetch("/data"),
  scheme: () => fetch("ftp://localhost/"),
  port: () => fetch("http://127.0.0.1:1/"),
  inline: async () => (await fetch("data:text/plain;base64,aGVsbG8=")).text(),
  changed: async () => {
    const response = await fetch(at("/data"));
    response.headers.set("x-more", "1");
    return [
      response.headers.get("x-more"),
      typeof response.headers.get("date"),
      fetch.name,
      fetch.length,
    ];
  },
};
