// What `import.meta` has in Bun beside the names of its file, which the engine sets (src/engine/zygote/modules.rs).

import { commonjs } from "../missing.json";
import { absent } from "./absent.js";
import { process } from "./process.js";
import { projectFiles } from "./project-files.js";
import { URL } from "./url.js";

const IS_PATH = /^(\.{0,2}\/|\.{1,2}$)/;
const HAS_SCHEME = /^(bun$|[a-z][a-z\d+.-]*:)/;

/** What a path may lack, in Bun's order. */
const ENDINGS = ["", ".tsx", ".jsx", ".ts", ".mjs", ".js", ".mts", ".json"];

const require = absent("import.meta.require", commonjs.require);

/** The prototype of each. */
export const importMeta = {
  get env() {
    return process.env;
  },
  get require() {
    return require;
  },
  /** Bun has it where it replaces modules while it runs. */
  get hot() {
    return undefined;
  },
  /** The address of another module, whether it is there or not. */
  resolve(specifier) {
    const text = String(specifier);
    if (IS_PATH.test(text)) return new URL(text, this.url).href;
    return HAS_SCHEME.test(text) ? text : refuse(text);
  },
  /** The path of another module, which must be there. */
  resolveSync(specifier) {
    const text = String(specifier);
    if (!IS_PATH.test(text)) return HAS_SCHEME.test(text) ? text : refuse(text);
    const path = decodeURIComponent(new URL(text, this.url).pathname);
    const found = ENDINGS.map((ending) => path + ending).find((it) =>
      projectFiles.has(it.slice(1)),
    );
    if (found !== undefined) return found;
    const error = new Error(`Cannot find module '${text}' imported from ${this.path}`);
    throw Object.assign(error, { code: "ERR_MODULE_NOT_FOUND" });
  },
};

const refuse = (name) => {
  throw new TypeError(
    `“${name}” has no address here: packages are part of the sandbox; import it by its name`,
  );
};
