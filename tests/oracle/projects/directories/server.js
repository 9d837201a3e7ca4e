// Folders as routes; `/seen` says what a visitor of one gets, without the times of its files.
const server = Bun.serve({
  routes: {
    "/assets/*": { dir: "./public" },
    "/assets/own": () => new Response("a route of its own"),
    "/deep/*": { dir: "public/deep/" },
    "/wrong": () => new Response(wrong()),
    async "/seen"(req) {
      const { searchParams } = new URL(req.url);
      const [method, path, range] = ["method", "path", "range"].map((it) => searchParams.get(it));
      const headers = range ? { range } : {};
      const seen = await fetch(new URL(path, server.url), { method, headers, redirect: "manual" });
      const names = ["content-type", "location", "accept-ranges", "content-range"];
      const found = names.map((name) => [name, seen.headers.get(name)]);
      const isDated = seen.headers.has("last-modified") && seen.headers.has("etag");
      return Response.json([seen.status, await seen.text(), isDated, Object.fromEntries(found)]);
    },
    async "/again"() {
      const url = new URL("/assets/plain.txt", server.url);
      const first = await fetch(url);
      const tag = first.headers.get("etag");
      const second = await fetch(url, { headers: { "if-none-match": tag } });
      const third = await fetch(url, { headers: { "if-none-match": '"other"' } });
      return Response.json([tag.replace(/-.*/, ""), second.status, third.status]);
    },
  },
  fetch: () => new Response("fetch", { status: 404 }),
});

function wrong() {
  const routes = [
    { "/a": { dir: "./public" } },
    { "/:id/*": { dir: "./public" } },
    { "/a/*": { dir: 3 } },
    { "/a/*": { dir: "./none" } },
  ];
  const refused = (each) => {
    try {
      server.reload({ routes: each, fetch: () => new Response() });
      return false;
    } catch {
      return true;
    }
  };
  return routes.map(refused).join(" ");
}
