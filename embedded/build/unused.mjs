// Statements of packages that keep alive what nothing here uses: the bundler leaves out what no code reaches, but not what
// a statement at a module's top level writes to. Each has to be there as it is written here, or the build fails: then the
// package has changed, and somebody has to look.

import { readFile } from "node:fs/promises";

const UNUSED = {
  // The tables of CodeMirror's own completions of HTML.
  "@codemirror/lang-html/dist/index.js": [
    "for (let a of eventAttributes)\n    GlobalAttrs[a] = null;\n",
    "Schema.default = /*@__PURE__*/new Schema;\n",
  ],
};

const FILES = /@codemirror\/lang-html\/dist\/index\.js$/;

export const unusedPlugin = {
  name: "unused",
  setup(build) {
    build.onLoad({ filter: FILES }, async ({ path }) => {
      const [name, statements] = Object.entries(UNUSED).find(([file]) => path.endsWith(file));
      let contents = await readFile(path, "utf8");
      for (const statement of statements) {
        if (!contents.includes(statement))
          throw new Error(
            `${name} has no “${statement.trim()}” any more: look at build/unused.mjs`,
          );
        contents = contents.replace(statement, "");
      }
      return { contents };
    });
  },
};
