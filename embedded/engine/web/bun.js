import { BunFile } from "./bun-file.js";
import { Cookie } from "./cookie.js";
import { CookieMap } from "./cookie-map.js";
import { inspect } from "./inspect.js";
import { setTimeout } from "./timers.js";

const ESCAPES = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "'": "&#x27;" };

/** The part of Bun's global that makes sense in a sandbox. */
export const Bun = {
  file: (path, options) => new BunFile(path, options),
  env: {},
  sleep: (wait) =>
    new Promise((resolve) => setTimeout(resolve, wait instanceof Date ? wait - Date.now() : wait)),
  escapeHTML: (value) => String(value).replace(/[&<>"']/g, (mark) => ESCAPES[mark]),
  serve() {
    throw new TypeError("A sandbox serves what server.js exports: write export default { … }");
  },
  inspect,
  Cookie,
  CookieMap,
};
