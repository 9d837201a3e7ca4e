// A small router of one's own, in front of Bun.serve.
class Router {
  #routes = [];
  add(method, path, handler) {
    const names = [];
    const source = path.replace(/:(\w+)/g, (_, name) => (names.push(name), "([^/]+)"));
    this.#routes.push({ method, pattern: new RegExp(`^${source}$`), names, handler });
    return this;
  }
  get = (path, handler) => this.add("GET", path, handler);
  post = (path, handler) => this.add("POST", path, handler);
  async handle(request, server) {
    const { pathname, searchParams } = new URL(request.url);
    for (const { method, pattern, names, handler } of this.#routes) {
      const match = method === request.method && pattern.exec(pathname);
      if (!match) continue;
      const params = Object.fromEntries(
        names.map((name, at) => [name, decodeURIComponent(match[at + 1])]),
      );
      return handler({ request, params, query: Object.fromEntries(searchParams), server });
    }
    return new Response("404: nothing here", { status: 404 });
  }
}

const app = new Router()
  .get("/", () => new Response("home"))
  .get("/users/:id", ({ params, query }) => Response.json({ params, query }))
  .get("/users/:id/posts/:post", ({ params }) => Response.json(params))
  .post("/echo", async ({ request }) => Response.json(await request.json()))
  .get("/ip", ({ request, server }) => Response.json(typeof server.requestIP(request).address))
  .get("/boom", () => {
    throw new Error("boom");
  });

const server = Bun.serve({
  port: Number(process.env.SERVER_PORT ?? 3000),
  fetch: (request, server) => app.handle(request, server),
  error: (error) => Response.json({ error: error.message }, { status: 500 }),
});
console.log("Server running at", server.url.toString());
