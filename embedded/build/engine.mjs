// Writes what runs in QuickJS to `$OUT_DIR/dist/engine`:
//   NAME.js        each file directly in engine/, bundled to one module that names no other
//   helpers/       what transpiled code imports, file for file
//   hono/          hono's own modules, file for file, so that all subpaths share their classes and
//                  only what a project imports is loaded
//   node/          Node's modules, which share what they have in common (see node.mjs)
//   locales/       what `Intl` says in each language (see cldr.mjs)
//   missing.json   what Bun has and a sandbox does not, with what to do instead
//   differences.json   what Bun does differently, for the page that learners read
//   modules.json   what `import` may name: specifier to file, "hono/html" to "hono/helper/html/index.js"

import { build } from "esbuild";
import { copyFile, mkdir, readFile, readdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { buildLocales } from "./cldr.mjs";
import { buildNode, nodeModules } from "./node.mjs";

const embedded = fileURLToPath(new URL("..", import.meta.url));
const honoPackage = join(embedded, "node_modules", "hono");
const honoFiles = join(honoPackage, "dist");

/** Subpaths for other platforms, for pages, for building sites, for the network, and for Node. */
const FOREIGN =
  /^(cloudflare-|deno$|aws-lambda$|vercel$|netlify$|lambda-edge$|service-worker$|ssg$|jsx\/dom(?!\/server$)|client$|conninfo$|types$|context-storage$)/;

/** Ours in engine/hono/: hono's own ask for Node's file system, or for its HTTP server. */
const OURS = {
  "hono/bun": "bun.js",
  "@hono/node-server": "node-server.js",
  "@hono/node-server/serve-static": "node-server-static.js",
  "@hono/node-server/conninfo": "node-server-conninfo.js",
};

/** Names and line breaks stay, for messages; white space and comments go, for memory. */
const shared = {
  absWorkingDir: embedded,
  format: "esm",
  target: "es2023",
  minifyWhitespace: true,
  minifySyntax: true,
  legalComments: "inline",
  logLevel: "warning",
};

export async function buildEngine(engine) {
  await mkdir(engine, { recursive: true });
  await bundle(engine);
  for (const table of ["missing.json", "differences.json"]) {
    await copyFile(join(embedded, "engine", table), join(engine, table));
  }
  await buildLocales(join(engine, "locales"));
  const modules = await ofHono();
  await copyHono(engine, Object.values(modules));
  await buildNode(embedded, engine, shared);
  const text = JSON.stringify(Object.fromEntries(entriesWith(modules)), null, 2);
  await writeFile(join(engine, "modules.json"), `${text}\n`);
}

/** What `import` may name. */
export const moduleNames = async () => entriesWith(await ofHono()).map(([name]) => name);

const ofHono = async () => ({ ...(await honoModules()), ...OURS });

const entriesWith = (modules) => [
  ...Object.entries(modules).map(([name, file]) => [name, `hono/${file}`]),
  ...[
    ["bun", "bun.js"],
    ["bun:sqlite", "sqlite.js"],
  ],
  ...nodeModules(),
];

async function bundle(engine) {
  const names = await readdir(join(embedded, "engine"));
  await build({
    ...shared,
    entryPoints: names.filter((name) => name.endsWith(".js")).map((name) => `engine/${name}`),
    outdir: engine,
    bundle: true,
    platform: "neutral",
    mainFields: ["module", "main"],
    conditions: ["import", "default"],
  });
  const helpers = await readdir(join(embedded, "engine", "helpers"));
  await build({
    ...shared,
    entryPoints: helpers.map((name) => `engine/helpers/${name}`),
    outdir: join(engine, "helpers"),
  });
}

/** The public subpaths of the package that need no other platform, and their files in dist/. */
async function honoModules() {
  const { exports } = JSON.parse(await readFile(join(honoPackage, "package.json"), "utf8"));
  const modules = {};
  for (const [path, target] of Object.entries(exports)) {
    const subpath = path.slice(2);
    const file = (target.import ?? target).replace?.("./dist/", "");
    if (FOREIGN.test(subpath) || !file) continue;
    if (subpath !== "utils/*") modules[subpath ? `hono/${subpath}` : "hono"] = file;
    else Object.assign(modules, await honoUtils());
  }
  return modules;
}

/** hono/utils/NAME; the package names them by a pattern. */
async function honoUtils() {
  const names = (await readdir(join(honoFiles, "utils")))
    .filter((name) => name.endsWith(".js"))
    .map((name) => name.slice(0, -3));
  return Object.fromEntries(names.map((name) => [`hono/utils/${name}`, `utils/${name}.js`]));
}

/** These files and all that they import, each by itself. */
async function copyHono(engine, files) {
  const found = await build({
    ...shared,
    entryPoints: files
      .filter((file) => !Object.values(OURS).includes(file))
      .map((file) => join(honoFiles, file)),
    outdir: "none",
    bundle: true,
    write: false,
    metafile: true,
    platform: "neutral",
    logLevel: "silent",
    external: ["node:*", "cloudflare:*"],
  });
  const inputs = Object.keys(found.metafile.inputs).map((file) => join(embedded, file));
  const bun = ["websocket.js", "server.js", "conninfo.js"].map((file) =>
    join(honoFiles, "adapter", "bun", file),
  );
  const folder = join(engine, "hono");
  await build({
    ...shared,
    entryPoints: [...new Set([...inputs, ...bun])],
    outbase: honoFiles,
    outdir: folder,
  });
  const ours = Object.values(OURS).map((file) => `engine/hono/${file}`);
  await build({ ...shared, entryPoints: ours, outdir: folder });
}
