// A file server with a fallback, as single-page applications have it.
const TYPES = { ".css": "text/css", ".txt": "text/plain" };

Bun.serve({
  async fetch(req) {
    let { pathname } = new URL(req.url);
    if (pathname === "/about") pathname = "/about.txt";
    const file = Bun.file(`.${pathname}`);
    if (await file.exists()) return new Response(file);
    const ending = pathname.slice(pathname.lastIndexOf("."));
    if (ending in TYPES)
      return new Response("missing", { status: 404, headers: { "Content-Type": TYPES[ending] } });
    return new Response(await Bun.file("app.html").text(), {
      headers: { "Content-Type": "text/html" },
    });
  },
});
