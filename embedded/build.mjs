// Writes all that the program packs in, to the folder named by the first argument:
//   site/     scripts, styles and fonts of the site's own pages, each beside its .br and .gz
//   library/  what learners' pages load by fixed short paths, compressed as well
//   engine/   the Web layer and hono, as modules for QuickJS
//   export/   what goes beside a project that a learner takes away

import { build } from "esbuild";
import { copyFile, mkdir, readFile, readdir, rm, writeFile } from "node:fs/promises";
import { basename, dirname, join } from "node:path";
import { promisify } from "node:util";
import { brotliCompress, constants, gzip } from "node:zlib";
import { besidePlugin } from "./build/beside.mjs";
import { buildEngine } from "./build/engine.mjs";
import { exportFiles } from "./build/export.mjs";
import { htmxPlugin } from "./build/htmx-names.mjs";
import { libraries } from "./build/libraries.mjs";
import { copyPlugin } from "./build/own-copy.mjs";
import { serverPlugin } from "./build/server-api.mjs";
import { unusedPlugin } from "./build/unused.mjs";

const dist = process.argv[2] ?? "dist";

const files = async (folder, ending) =>
  (await readdir(folder).catch(() => []))
    .filter((name) => name.endsWith(ending))
    .map((name) => join(folder, name));

await rm(dist, { recursive: true, force: true });
for (const folder of ["site", "library", "engine"]) {
  await mkdir(join(dist, folder), { recursive: true });
}

for (const [name, source] of Object.entries(libraries)) {
  await copyFile(join("node_modules", source), join(dist, "library", name));
}

// The site's pages run on the same htmx that the lessons teach.
await copyFile(join("node_modules", libraries["htmx-2.js"]), join(dist, "site", "htmx.js"));

// Each file directly in scripts/ and styles/ is a bundle of its own; what it imports lies in folders.
// preview.js, client.js and report.js run inside a learner's page as classic scripts, and layout.js before the first
// paint of a lesson; all others are modules and may share.
const CLASSIC = ["preview.js", "client.js", "report.js", "layout.js"];
const target = ["es2022", "chrome123", "firefox121", "safari17.5"];
const scripts = await files("scripts", ".js");
const isClassic = (name) => CLASSIC.includes(basename(name));
const modules = [...scripts.filter((it) => !isClassic(it)), ...(await files("styles", ".css"))];
const site = {
  outdir: join(dist, "site"),
  bundle: true,
  minify: true,
  target,
  plugins: [besidePlugin, htmxPlugin, serverPlugin, copyPlugin, unusedPlugin],
  logLevel: "warning",
};
if (modules.length > 0) {
  await build({
    ...site,
    entryPoints: modules,
    entryNames: "[name]",
    assetNames: "[name]",
    chunkNames: "[name]-[hash]",
    format: "esm",
    splitting: true,
    loader: { ".woff2": "file" },
  });
}
await build({ ...site, entryPoints: scripts.filter(isClassic), format: "iife" });

await buildEngine(join(dist, "engine"));

for (const [path, text] of Object.entries(await exportFiles())) {
  const file = join(dist, "export", path);
  await mkdir(dirname(file), { recursive: true });
  await writeFile(file, text);
}

// Compressed once, here, as small as it gets; woff2 is compressed already.
const brotli = (bytes) =>
  promisify(brotliCompress)(bytes, {
    params: { [constants.BROTLI_PARAM_SIZE_HINT]: bytes.length },
  });
const encoders = { ".br": brotli, ".gz": (bytes) => promisify(gzip)(bytes, { level: 9 }) };
for (const folder of ["site", "library"]) {
  const texts = await Promise.all([".js", ".css"].map((end) => files(join(dist, folder), end)));
  for (const path of texts.flat()) {
    const bytes = await readFile(path);
    for (const [ending, encode] of Object.entries(encoders)) {
      await writeFile(path + ending, await encode(bytes));
    }
  }
}
