import { utf8Encode } from "./host.js";
import { Blob, content } from "./blob.js";
import { Cookie } from "./cookie.js";
import { CookieMap } from "./cookie-map.js";
import { tag } from "./define.js";
import { inspect } from "./inspect.js";
import { mimeType } from "./mime.js";
import { projectFiles } from "./project-files.js";
import { setTimeout } from "./timers.js";
import { URL } from "./url.js";

/** Bun.file: a file of the project. It reads when asked, and a missing one is missed only then. */
class BunFile extends Blob {
  #path;
  #name;

  constructor(path, { type } = {}) {
    const given = path instanceof URL ? decodeURIComponent(path.pathname) : String(path);
    super([], { type: type ?? mimeType(given) });
    this.#path = given;
    this.#name = given.replace(/^(\.?\/+)+/, "");
  }

  [content]() {
    return utf8Encode(this.#text());
  }
  get name() {
    return this.#path;
  }
  get size() {
    return projectFiles.has(this.#name) ? this[content]().length : 0;
  }
  get lastModified() {
    return 0;
  }
  async exists() {
    return projectFiles.has(this.#name);
  }
  async text() {
    return this.#text();
  }

  #text() {
    const text = projectFiles.get(this.#name);
    if (text !== undefined) return text;
    const message = `ENOENT: no such file or directory, open '${this.#path}'`;
    throw Object.assign(new Error(message), { code: "ENOENT", path: this.#path });
  }
}

tag(BunFile, "BunFile");

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
