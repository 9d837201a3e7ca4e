// Node's modules for a sandbox: engine/node/FILE.js, and for each name that Bun's has and ours has not, something
// that throws the reason (missing.json). They share what they have in common, and nothing is loaded before it is
// imported.

import { build } from "esbuild";
import { readFile } from "node:fs/promises";
import { join } from "node:path";

/** Names without their `node:`, and files in engine/node/; the last name of a file says what it lacks. */
const FILES = {
  assert: "assert.js",
  "assert/strict": "assert-strict.js",
  buffer: "buffer.js",
  crypto: "crypto.js",
  events: "events.js",
  "path/posix": "path.js",
  path: "path.js",
  perf_hooks: "perf_hooks.js",
  process: "process.js",
  querystring: "querystring.js",
  string_decoder: "string_decoder.js",
  sys: "util.js",
  timers: "timers.js",
  "timers/promises": "timers-promises.js",
  url: "url.js",
  util: "util.js",
  "util/types": "util-types.js",
};

/** What `import` may name: each with and without its `node:`. */
export function nodeModules() {
  return Object.entries(FILES).flatMap(([name, file]) => [
    [`node:${name}`, `node/${file}`],
    [name, `node/${file}`],
  ]);
}

export async function buildNode(embedded, engine, shared) {
  const missing = JSON.parse(await readFile(join(embedded, "engine", "missing.json"), "utf8"));
  const names = Object.fromEntries(Object.entries(FILES).map(([name, file]) => [file, name]));
  const completed = {
    name: "with what is missing",
    setup(plugin) {
      plugin.onResolve({ filter: /^whole:/ }, ({ path }) => ({
        path: path.slice("whole:".length),
        namespace: "whole",
      }));
      plugin.onResolve({ filter: /\/internals\.js$/ }, () => ({
        path: "../internals.js",
        external: true,
      }));
      plugin.onLoad({ filter: /node-inspect-extracted\/dist\/inspect\.js$/ }, ({ path }) =>
        withoutAtomics(path),
      );
      plugin.onLoad({ filter: /^/, namespace: "whole" }, ({ path }) => ({
        contents: whole(`./engine/node/${path}`, `node:${names[path]}`, {
          ...missing.parts,
          "node:process": missing.process,
        }),
        resolveDir: embedded,
      }));
    },
  };
  await build({
    ...shared,
    entryPoints: Object.fromEntries(
      Object.keys(names).map((file) => [file.slice(0, -".js".length), `whole:${file}`]),
    ),
    outdir: join(engine, "node"),
    bundle: true,
    splitting: true,
    chunkNames: "[name]-[hash]",
    platform: "neutral",
    mainFields: ["module", "main"],
    conditions: ["import", "default"],
    define: { "process.env.NODE_DEBUG": "undefined" },
    plugins: [completed],
  });
}

/** The package takes the methods of all of the language's objects, and a sandbox has one less. */
async function withoutAtomics(path) {
  const text = await readFile(path, "utf8");
  const contents = text.replace('"Atomics",', "");
  if (contents === text) throw new Error(`${path} does not name Atomics any more`);
  return { contents, loader: "js" };
}

/** A module with all the names of Bun's, and a default export that has them too. */
function whole(file, name, parts) {
  const missing = parts[name] ?? {};
  const short = name.replace("node:", "");
  return `
    import * as here from "${file}";
    import { absent } from "../internals.js";
    const missing = {};
    for (const [name, reason] of Object.entries(${JSON.stringify(missing)})) {
      missing[name] = absent("${short}." + name, reason);
    }
    export * from "${file}";
    export const { ${Object.keys(missing).join(", ")} } = missing;
    const { default: own, ...members } = here;
    export default Object.assign(own ?? members, missing);
  `;
}
