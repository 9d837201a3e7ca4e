// One door to several services, which are routes of the same server: collects, caches and passes on.
const cache = new Map();
let asked = 0;

const server = Bun.serve({
  port: 3000,
  routes: {
    "/services/users/:id": (req) => {
      asked += 1;
      const { id } = req.params;
      if (id === "9") return new Response("no such user", { status: 404 });
      return Response.json({ id, name: ["Ada", "Grace", "Mary"][Number(id) % 3] });
    },
    "/services/orders": (req) =>
      Response.json([1, 2].map((n) => ({ n, user: new URL(req.url).searchParams.get("user") }))),
    "/services/slow": async () => {
      await Bun.sleep(300);
      return new Response("late");
    },
    "/services/feed": () =>
      new Response(
        (async function* () {
          for (const word of ["one ", "two ", "three"]) {
            yield word;
            await Bun.sleep(2);
          }
        })(),
        { headers: { "Content-Type": "text/plain", "X-Feed": "yes" } },
      ),
    "/services/echo": async (req) =>
      Response.json({
        method: req.method,
        token: req.headers.get("authorization"),
        body: await req.text(),
      }),
    "/dashboard/:id": async (req) => {
      const { id } = req.params;
      const [user, orders] = await Promise.all([json(`users/${id}`), json(`orders?user=${id}`)]);
      if (user.error) return new Response(`<p>${user.error}</p>`, { status: 502, headers: HTML });
      return new Response(`<h1>${user.name}</h1><p>${orders.length} orders</p>`, { headers: HTML });
    },
    "/cached/:id": async (req) => {
      const { id } = req.params;
      if (!cache.has(id)) cache.set(id, await json(`users/${id}`));
      return Response.json({ ...cache.get(id), asked });
    },
    "/patient": async () => {
      try {
        const answer = await fetch(at("slow"), { signal: AbortSignal.timeout(30) });
        return new Response(await answer.text());
      } catch (error) {
        return new Response(`gave up: ${error.name}`, { status: 504 });
      }
    },
    "/pass/*": async (req) => {
      const { pathname, search } = new URL(req.url);
      const headers = new Headers({
        authorization: `Bearer of ${req.headers.get("x-user") ?? "nobody"}`,
      });
      const body = req.method === "GET" ? undefined : await req.text();
      return fetch(at(pathname.slice("/pass/".length) + search), {
        method: req.method,
        headers,
        body,
      });
    },
  },
  fetch: () => new Response("Not found", { status: 404 }),
});

const HTML = { "Content-Type": "text/html;charset=utf-8" };
const at = (path) => new URL(`/services/${path}`, server.url);
async function json(path) {
  const response = await fetch(at(path));
  return response.ok ? response.json() : { error: `${response.status} ${response.statusText}` };
}
