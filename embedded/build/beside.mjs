// What is loaded later stands on what is there by then: all that a part of the workbench imports when it is first needed
// runs beside the bench, and what uses CodeMirror beside the editor as well. Told so, the bundler puts what they share
// into one file. Else each set of modules that share something makes a small file of its own, and its headers weigh
// more than it does.

import { readFile } from "node:fs/promises";
import { resolve } from "node:path";

const PARTS = "scripts/workbench/";
const BENCH = `${PARTS}bench.js`;
const EDITOR = `${PARTS}editor.js`;
// Is imported by an address that is made when it is needed, so the bundler does not see that.
const HELP = "scripts/editor-help.js";
const CODEMIRROR = "node_modules/@codemirror/";

export const besidePlugin = {
  name: "beside",
  setup(build) {
    const beside = new Map();
    build.onStart(async () => {
      const options = build.initialOptions;
      const plugins = options.plugins.filter(({ name }) => name !== "beside");
      const first = await build.esbuild.build({
        ...options,
        plugins,
        write: false,
        metafile: true,
      });
      const { inputs } = first.metafile;
      for (const path of laterOnes(inputs)) {
        const isEditors = reaches(inputs, path).some((each) => each.includes(CODEMIRROR));
        beside.set(resolve(path), isEditors ? [BENCH, EDITOR] : [BENCH]);
      }
    });
    build.onLoad({ filter: /\.js$/, namespace: "file" }, async ({ path }) => {
      if (!beside.has(path)) return null;
      const lines = beside.get(path).map((each) => `import ${JSON.stringify(resolve(each))};`);
      return { contents: [await readFile(path, "utf8"), ...lines].join("\n") };
    });
  },
};

// What the workbench imports when it is needed, but for the two that it begins with.
function laterOnes(inputs) {
  const parts = Object.entries(inputs).filter(([path]) => path.startsWith(PARTS));
  const imports = parts.flatMap(([, input]) => input.imports);
  const found = imports.filter(({ kind }) => kind === "dynamic-import").map(({ path }) => path);
  return new Set([...found, HELP].filter((path) => path !== BENCH && path !== EDITOR));
}

function reaches(inputs, path, seen = new Set()) {
  if (seen.has(path) || !inputs[path]) return [...seen];
  seen.add(path);
  for (const each of inputs[path].imports) {
    if (each.kind === "import-statement") reaches(inputs, each.path, seen);
  }
  return [...seen];
}
