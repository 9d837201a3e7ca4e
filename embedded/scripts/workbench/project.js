// The learner's files as they are in this tab. Every change is one "change" event whose detail says
// which `file` changed, or null when names came or went.

import { isText, sameContents } from "./contents.js";

const SERVERS = ["js", "ts", "tsx", "jsx", "mjs", "mts"].map((ending) => `server.${ending}`);
const COMMON = ["index.html", ...SERVERS, "style.css"];

export class Project extends EventTarget {
  #files;
  #order;

  constructor(files, open = []) {
    super();
    this.#files = new Map(Object.entries(files));
    this.#order = open;
  }

  // Names: those that the lesson shows first, then those that every project has, then the rest by name.
  get names() {
    const order = [...new Set([...this.#order, ...COMMON])];
    const first = order.filter((name) => this.#files.has(name));
    const rest = [...this.#files.keys()].filter((name) => !first.includes(name));
    return [...first, ...rest.sort()];
  }

  get files() {
    return Object.fromEntries([...this.#files].sort(([a], [b]) => (a < b ? -1 : 1)));
  }

  has(name) {
    return this.#files.has(name);
  }

  // A text, or { base64 }; undefined where there is no such file.
  contents(name) {
    return this.#files.get(name);
  }

  isText(name) {
    return isText(this.#files.get(name));
  }

  text(name) {
    return this.isText(name) ? this.#files.get(name) : "";
  }

  write(name, contents) {
    if (sameContents(this.#files.get(name), contents)) return;
    const isNew = !this.#files.has(name);
    this.#files.set(name, contents);
    this.#tell(isNew ? null : name);
  }

  rename(from, to) {
    if (from === to || !this.#files.has(from)) return;
    const contents = this.#files.get(from);
    this.#order = this.#order.map((name) => (name === from ? to : name));
    this.#files.delete(from);
    this.#files.set(to, contents);
    this.#tell(null);
  }

  remove(name) {
    if (this.#files.delete(name)) this.#tell(null);
  }

  replaceAll(files) {
    if (sameFiles(files, this.files)) return;
    this.#files = new Map(Object.entries(files));
    this.#tell(null);
  }

  #tell(file) {
    this.dispatchEvent(new CustomEvent("change", { detail: { file } }));
  }
}

export function sameFiles(a, b) {
  const names = Object.keys(a);
  return (
    names.length === Object.keys(b).length &&
    names.every((name) => Object.hasOwn(b, name) && sameContents(a[name], b[name]))
  );
}
