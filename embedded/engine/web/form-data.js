import { utf8Decode, utf8Encode, wellFormed } from "./host.js";
import { Blob, content, File } from "./blob.js";
import { bytesOf } from "./bytes.js";
import { shown, tag } from "./define.js";
import { urlencodedForm } from "./form-body.js";
import { parseMultipart } from "./multipart.js";
import { invalid } from "./node-errors.js";

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

  /** Bun's: the form in a text, bytes or a Blob; of parts where there is a boundary. */
  static from(input, boundary) {
    const bytes = formBytes(input);
    if (bytes.length === 0) throw invalid("input must not be empty");
    if (boundary !== undefined) return parseMultipart(bytes, String(boundary));
    return urlencodedForm(utf8Decode(bytes, false, false));
  }
  /** Bun's. */
  get length() {
    return this.#entries.length;
  }
  toJSON() {
    const all = this.#entries.map(([name]) => [name, this.getAll(name)]);
    return Object.fromEntries(all.map(([name, it]) => [name, it.length > 1 ? it : it[0]]));
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

function formBytes(input = "") {
  if (typeof input === "string") return utf8Encode(input);
  if (input instanceof Blob) return input[content]();
  if (ArrayBuffer.isView(input) || input instanceof ArrayBuffer) return bytesOf(input);
  throw invalid("input must be a string or ArrayBufferView");
}

function entryValue(value, filename) {
  if (!(value instanceof Blob)) return usv(value);
  if (value instanceof File && filename === undefined) return value;
  const { type, lastModified } = value;
  return new File([value[content]()], usv(filename ?? value.name ?? "blob"), {
    type,
    lastModified,
  });
}
