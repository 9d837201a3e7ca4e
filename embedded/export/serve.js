// Serves the project in the folder above, as the course's sandbox does: the routes of its server, then
// the project's files, then its fetch function; and htmx under /lib/.

import libraries from "./libraries.json";

process.chdir(`${import.meta.dir}/..`);

/** What the server's own file may be called, the first before the others. */
const SERVERS = ["js", "ts", "tsx", "jsx", "mjs", "mts"].map((ending) => `server.${ending}`);
SERVERS.push("index.ts", "index.tsx", "src/index.ts", "src/index.tsx");
const there = await Promise.all(SERVERS.map((name) => Bun.file(name).exists()));
/** Named in `package.json` where it has another name. */
const serverFile = process.argv[2] ?? SERVERS[there.indexOf(true)];

/** No page: the server's own code, and what this archive and `bun install` put beside it. */
const KEPT_BACK = [serverFile, "package.json", "bun.lock"];
// A README of the project's own is one of its files; ours lies in this folder then.
if (!(await Bun.file("hxlab/README.md").exists())) KEPT_BACK.push("README.md");
if (!(await Bun.file("hxlab/tsconfig.json").exists())) KEPT_BACK.push("tsconfig.json");
const FILE_NAME = /^[\w-][\w.-]*(\/[\w-][\w.-]*)*$/;
const OTHERS_FOLDER = /^hxlab\/|(^|\/)node_modules\//i;
/** What is there when the server starts; what it writes is its own, and no page. */
const GIVEN = new Set(new Bun.Glob("**/*").scanSync());

async function projectFile(req) {
  if (req.method !== "GET" && req.method !== "HEAD") return null;
  const { pathname } = new URL(req.url);
  const name = pathname.slice(1) + (pathname.endsWith("/") ? "index.html" : "");
  if (!FILE_NAME.test(name) || OTHERS_FOLDER.test(name) || KEPT_BACK.includes(name)) return null;
  const file = Bun.file(name);
  return GIVEN.has(name) && (await file.exists()) ? new Response(file) : null;
}

/** The same server, with the project's files between its routes and its fetch function. */
const withFiles = (app) => ({
  ...app,
  routes: {
    ...app.static,
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
    if (app.fetch) return app.fetch.call(this, req, server);
    return new Response(hasServer ? null : "Not found", { status: 404 });
  },
});

const hasServer = serverFile !== undefined;
const bunServe = Bun.serve;
let isServing = false;

/** `Bun.serve`, for a server that calls it as for one that exports its server. */
Bun.serve = (app) => {
  const port = (isServing ? app.port : process.env.PORT) ?? app.port ?? 3000;
  const server = bunServe({ ...withFiles(app), port });
  const reload = server.reload.bind(server);
  server.reload = (changed) => reload(withFiles((app = { ...app, ...changed })));
  isServing = true;
  console.log(`listening on ${server.url}`);
  return server;
};

if (hasServer) {
  // As if Bun had been started with the server's file: `import.meta.main` is true there.
  Bun.main = `${process.cwd()}/${serverFile}`;
  process.argv.splice(1, Infinity, Bun.main);
}
const app = hasServer ? (await import(`../${serverFile}`)).default : {};
if (typeof app?.fetch === "function" && !isServing) Bun.serve(app);
else if (!hasServer) Bun.serve({});
