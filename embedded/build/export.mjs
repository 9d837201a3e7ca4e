// What stands beside a project's own files when a learner takes it away: `bun install && bun start`
// serves it as the sandbox did.

import { readFile } from "node:fs/promises";
import { libraries } from "./libraries.mjs";

const embedded = new URL("..", import.meta.url);
const read = (path) => readFile(new URL(path, embedded), "utf8");

/** How Bun, and an editor, take TypeScript and JSX as a sandbox does. */
const TYPESCRIPT = {
  target: "esnext",
  module: "preserve",
  moduleResolution: "bundler",
  jsx: "react-jsx",
  jsxImportSource: "hono/jsx",
  strict: true,
  noEmit: true,
  allowJs: true,
};

/** The files by their paths in the archive. */
export async function exportFiles() {
  const json = (value) => `${JSON.stringify(value, null, 2)}\n`;
  const { dependencies: versions } = JSON.parse(await read("package.json"));
  const needed = [
    "hono",
    "@hono/node-server",
    ...Object.values(libraries).map((file) => file.split("/")[0]),
  ];
  const dependencies = Object.fromEntries(
    [...new Set(needed)].sort().map((name) => [name, versions[name]]),
  );
  const scripts = { start: "bun hxlab/serve.js" };
  return {
    "package.json": json({ private: true, type: "module", scripts, dependencies }),
    "README.md": await read("export/README.md"),
    "tsconfig.json": json({ compilerOptions: TYPESCRIPT }),
    "hxlab/serve.js": await read("export/serve.js"),
    "hxlab/libraries.json": json(libraries),
  };
}
