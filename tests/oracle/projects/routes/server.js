// Which answer a path and a method get.
const said = (text) => new Response(text);

export default {
  routes: {
    "/url/*": (req) => new Response(req.url.slice(new URL("/", req.url).href.length)),
    "/": said("home"),
    "/static": new Response("static", { headers: { "X-A": "b" } }),
    "/json": Response.json({ a: 1 }),
    "/made": new Response("made", { status: 201, statusText: "Made", headers: { "X-B": "c" } }),
    "/old": Response.redirect("/static", 301),
    "/empty": new Response(null, { status: 204 }),
    "/methods": { GET: said("got"), POST: async (req) => said(`posted ${await req.text()}`) },
    "/only-post": { POST: () => said("posted") },
    "/off": false,
    "/page/first": () => said("the first"),
    "/page/:n": { GET: (req) => said(`page ${req.params.n}`) },
    "/page/*": (req) => said(`rest ${JSON.stringify(req.params)}`),
    "/a/:b/c": (req) => said(`c of ${req.params.b}`),
    "/a/:b/:c": (req) => said(JSON.stringify(req.params)),
    "/tree/*": () => said("a tree"),
    "/tree/oak": () => said("an oak"),
    "/deep/:x/y": (req) => said(`y of ${req.params.x}`),
    "/deep/one/z": () => said("z of one"),
    "/wild/:name": (req) => said(`wild ${req.params.name}`),
    "/api/*": { GET: () => said("api get") },
    "/this": function () {
      return said(typeof this);
    },
    "/second": (req, server) => said(`${typeof server.upgrade} ${req.params && "params"}`),
  },
  fetch(req) {
    return new Response(`fetch ${req.method} ${new URL(req.url).pathname}`, { status: 404 });
  },
};
