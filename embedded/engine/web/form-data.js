import { Blob, content, File } from "./blob.js";
import { shown, tag } from "./define.js";
import { wellFormed } from "./host.js";

const usv = (value) => wellFormed(String(value));

/** https://xhr.spec.whatwg.org/#interface-formdata */
export class FormData {
  #entries = [];

  append(name, value, filename) {
    this.#entries.push([usv(name), entryValue(value, filename)]);
  }
  set(name, value, filename) {
    const wanted = usv(name);
    const entry = [wanted, entryValue(value, filename)];
    const first = this.#entries.findIndex((known) => known[0] === wanted);
    if (first < 0) this.#entries.push(entry);
    else {
      this.#entries = this.#entries.filter((known, at) => at <= first || known[0] !== wanted);
      this.#entries[first] = entry;
    }
  }
  delete(name) {
    this.#entries = this.#entries.filter((entry) => entry[0] !== String(name));
  }
  get(name) {
    return this.#entries.find((entry) => entry[0] === String(name))?.[1] ?? null;
  }
  getAll(name) {
    return this.#entries.filter((entry) => entry[0] === String(name)).map((entry) => entry[1]);
  }
  has(name) {
    return this.#entries.some((entry) => entry[0] === String(name));
  }

  [shown]() {
    return new Map(this);
  }
  forEach(callback, self) {
    for (const [name, value] of this) callback.call(self, value, name, this);
  }
  *entries() {
    for (let at = 0; at < this.#entries.length; at++) yield [...this.#entries[at]];
  }
  *keys() {
    for (const [name] of this.entries()) yield name;
  }
  *values() {
    for (const [, value] of this.entries()) yield value;
  }
  [Symbol.iterator]() {
    return this.entries();
  }
}

tag(FormData, "FormData");

function entryValue(value, filename) {
  if (!(value instanceof Blob)) return usv(value);
  if (value instanceof File && filename === undefined) return value;
  const { type, lastModified } = value;
  return new File([value[content]()], usv(filename ?? value.name ?? "blob"), {
    type,
    lastModified,
  });
}
