// Serves the project in the folder above, as the course's sandbox does: the routes of server.js, then
// the project's files, then its fetch function; and htmx under /lib/.

import libraries from "./libraries.json";

process.chdir(`${import.meta.dir}/..`);

/** No page: the server's own code, and what this archive and `bun install` put beside it. */
const KEPT_BACK = ["server.js", "package.json", "bun.lock"];
// A README of the project's own is one of its files; ours lies in this folder then.
if (!(await Bun.file("hxlab/README.md").exists())) KEPT_BACK.push("README.md");
const FILE_NAME = /^[\w-][\w.-]*$/;

async function projectFile(req) {
  if (req.method !== "GET" && req.method !== "HEAD") return null;
  const { pathname } = new URL(req.url);
  const name = pathname === "/" ? "index.html" : pathname.slice(1);
  if (!FILE_NAME.test(name) || KEPT_BACK.includes(name)) return null;
  const file = Bun.file(name);
  return (await file.exists()) ? new Response(file) : null;
}

const hasServer = await Bun.file("server.js").exists();
const app = hasServer ? (await import("../server.js")).default : {};

const server = Bun.serve({
  ...app,
  port: process.env.PORT ?? app.port ?? 3000,
  routes: {
    // A hono application has `routes` of its own, an array that says something else.
    ...(Array.isArray(app.routes) ? {} : app.routes),
    ...Object.fromEntries(
      Object.entries(libraries).map(([name, file]) => [
        `/lib/${name}`,
        { GET: Bun.file(`node_modules/${file}`) },
      ]),
    ),
  },
  async fetch(req, server) {
    const file = await projectFile(req);
    if (file) return file;
    return app.fetch ? app.fetch(req, server) : new Response("Not found", { status: 404 });
  },
});

console.log(`listening on ${server.url}`);
