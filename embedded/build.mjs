// Writes all that the program packs in, to the folder named by the first argument:
//   site/     scripts, styles and fonts of the site's own pages
//   library/  what learners' pages load by fixed short paths
//   engine/   the Web layer and hono, as modules for QuickJS

import { build } from "esbuild";
import { copyFile, mkdir, readdir, rm } from "node:fs/promises";
import { join } from "node:path";
import { buildEngine } from "./build/engine.mjs";

const dist = process.argv[2] ?? "dist";

const libraries = {
  "htmx-2.js": "htmx2/dist/htmx.min.js",
  "htmx-2-ws.js": "htmx-ext-ws/dist/ws.min.js",
  "htmx-2-sse.js": "htmx-ext-sse/dist/sse.min.js",
  "idiomorph.js": "idiomorph/dist/idiomorph-ext.min.js",
  "htmx-4.js": "htmx4/dist/htmx.min.js",
  "htmx-4-ws.js": "htmx4/dist/ext/hx-ws.min.js",
  "htmx-4-sse.js": "htmx4/dist/ext/hx-sse.min.js",
};

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

// Each file directly in scripts/ and styles/ is a bundle of its own; what it imports lies in folders.
const site = [...(await files("scripts", ".js")), ...(await files("styles", ".css"))];
if (site.length > 0) {
  await build({
    entryPoints: site,
    entryNames: "[name]",
    assetNames: "[name]",
    outdir: join(dist, "site"),
    bundle: true,
    minify: true,
    format: "esm",
    target: ["es2022", "chrome120", "firefox121", "safari17"],
    loader: { ".woff2": "file" },
    logLevel: "warning",
  });
}

await buildEngine(join(dist, "engine"));
