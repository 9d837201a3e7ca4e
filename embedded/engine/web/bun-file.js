import { utf8Encode } from "./host.js";
import { Blob, content } from "./blob.js";
import { tag } from "./define.js";
import { mimeType } from "./mime.js";
import { projectFiles, savedAt } from "./project-files.js";
import { URL } from "./url.js";

/** Whether the project has the file, now. */
export let isThere;
/** Where a slice of a file begins and ends, in bytes; null for a whole file. */
export let spanOf;

/** All of it, at once. Throws when the project has no such file. */
export const fileBytes = (file) => file[content]();

/** Bun.file: a file of the project. It reads when asked, and a missing one is missed only then. */
export class BunFile extends Blob {
  #path;
  #name;
  /** Where a slice begins and ends; null for the whole file. */
  #span;

  constructor(path, { type } = {}, span = null) {
    const given = path instanceof URL ? decodeURIComponent(path.pathname) : String(path);
    super([], { type: type ?? mimeType(given) });
    this.#path = given;
    this.#name = given.replace(/^(\.?\/+)+/, "");
    this.#span = span;
  }

  [content]() {
    const bytes = utf8Encode(this.#text());
    return this.#span ? bytes.subarray(...this.#span) : bytes;
  }
  get name() {
    return this.#path;
  }
  get size() {
    return projectFiles.has(this.#name) ? this[content]().length : 0;
  }
  get lastModified() {
    return savedAt();
  }
  async exists() {
    return projectFiles.has(this.#name);
  }
  async text() {
    return this.#span ? super.text() : this.#text();
  }

  /** A part of the file, of the file's own type unless another is given. */
  slice(start, end, type = this.type) {
    const { size } = this;
    const [from, to] = [within(start ?? 0, size), within(end ?? size, size)];
    const base = this.#span?.[0] ?? 0;
    return new BunFile(this.#path, { type }, [base + from, base + Math.max(from, to)]);
  }

  #text() {
    const text = projectFiles.get(this.#name);
    if (text !== undefined) return text;
    const message = `ENOENT: no such file or directory, open '${this.#path}'`;
    const facts = { code: "ENOENT", path: this.#path, syscall: "open", errno: -2 };
    throw Object.assign(new Error(message), facts);
  }

  static {
    isThere = (file) => projectFiles.has(file.#name);
    spanOf = (file) => file.#span;
  }
}

tag(BunFile, "BunFile");

const within = (place, size) => Math.min(Math.max(place < 0 ? size + place : place, 0), size);
