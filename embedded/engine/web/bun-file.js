import { Blob, content } from "./blob.js";
import { tag } from "./define.js";
import { mimeType, wholeType } from "./mime.js";
import { hasFile, missingFile, readFile, readText, savedAt } from "./project-files.js";
import { URL } from "./url.js";

/** Whether the project has the file, now. */
export let isThere;
/** Where a slice of a file begins and ends, in bytes; null for a whole file. */
export let spanOf;

/** All of it, at once. Throws when the project has no such file. */
export const fileBytes = (file) => file[content]();

/** Whether a path has a part that leads nowhere, or up. */
const IS_ROUNDABOUT = /(^|\/)(\.{0,2})(\/|$)/;

/** What a file is called here, however its path is spelled; one that leads out of the project keeps its `..`. */
export function nameOf(path) {
  if (!IS_ROUNDABOUT.test(path)) return path;
  const parts = [];
  for (const part of path.split("/")) {
    if (part === "" || part === ".") continue;
    if (part !== ".." || (parts.at(-1) ?? "..") === "..") parts.push(part);
    else parts.pop();
  }
  // The root is its own parent.
  if (path.startsWith("/")) while (parts[0] === "..") parts.shift();
  return parts.join("/") + (parts.length > 0 && path.endsWith("/") ? "/" : "");
}

/**
 * Bun.file: a file of the project, or one that its server has written. It reads when asked, and a missing one is
 * missed only then. What writes is in bun-write.js.
 */
export class BunFile extends Blob {
  #path;
  #name;
  /** Where a slice begins and ends; null for the whole file. */
  #span;

  constructor(path, { type } = {}, span = null) {
    const given = path instanceof URL ? decodeURIComponent(path.pathname) : String(path);
    super([], { type: wholeType(type) || mimeType(given) });
    this.#path = given;
    this.#name = nameOf(given);
    this.#span = span;
  }

  [content]() {
    const bytes = this.#there(readFile(this.#name));
    return this.#span ? bytes.subarray(...this.#span) : bytes;
  }
  get name() {
    return this.#path;
  }
  get size() {
    return hasFile(this.#name) ? this[content]().length : 0;
  }
  get lastModified() {
    return savedAt(this.#name);
  }
  async exists() {
    return hasFile(this.#name);
  }
  async text() {
    return this.#span ? super.text() : this.#there(readText(this.#name));
  }

  /** A part of the file, of the file's own type unless another is given. */
  slice(start, end, type = this.type) {
    const { size } = this;
    const [from, to] = [within(start ?? 0, size), within(end ?? size, size)];
    const base = this.#span?.[0] ?? 0;
    return new BunFile(this.#path, { type }, [base + from, base + Math.max(from, to)]);
  }

  #there(read) {
    if (read === undefined) throw missingFile("open", this.#path);
    return read;
  }

  static {
    isThere = (file) => hasFile(file.#name);
    spanOf = (file) => file.#span;
  }
}

tag(BunFile, "BunFile");

const within = (place, size) => Math.min(Math.max(place < 0 ? size + place : place, 0), size);
