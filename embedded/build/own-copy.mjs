// `own-copy:PACKAGE` is a copy of a package for those who import it by this name. A package that is loaded at
// once for a small part, and later for the rest, would otherwise be loaded as a whole at once: what two bundles
// share is one file.

const NAME = /^own-copy:/;

export const copyPlugin = {
  name: "own-copy",
  setup(build) {
    build.onResolve({ filter: NAME }, async ({ path, resolveDir, kind }) => {
      const found = await build.resolve(path.replace(NAME, ""), { resolveDir, kind });
      return { ...found, suffix: "?own" };
    });
  },
};
