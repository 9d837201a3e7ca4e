import { members } from "../missing.json";
import { utf8Decode, utf8Encode } from "./host.js";
import { bytesOf, concat, isBuffer } from "./bytes.js";
import { hidden, shown, tag } from "./define.js";
import { absentMembers } from "./absent.js";
import { formOf } from "./form-body.js";
import { memoryStream } from "./streams.js";

/** The bytes of a blob, at once: all blobs are in memory. */
export const content = Symbol("content");

const typeOf = (type) => {
  const text = String(type ?? "");
  return /^[\x20-\x7e]*$/.test(text) ? text.toLowerCase() : "";
};

/** Whether a blob was made of strings alone: such a one goes out as text, as in Bun. */
export let isText;

/** https://w3c.github.io/FileAPI/#blob-section */
export class Blob {
  #bytes;
  #type;
  #isText;

  constructor(parts = [], options = {}) {
    if (typeof parts !== "object" || typeof parts?.[Symbol.iterator] !== "function") {
      throw new TypeError("A Blob is made from an array of parts");
    }
    const list = [...parts];
    this.#bytes = concat(list.map(partBytes));
    this.#type = typeOf(options?.type);
    this.#isText = list.every((part) => (part instanceof Blob ? part.#isText : !isBytes(part)));
  }

  [content]() {
    return this.#bytes;
  }

  get size() {
    return this[content]().length;
  }
  get type() {
    return this.#type;
  }

  [shown]() {
    const { name, size, type } = this;
    return name === undefined ? { size, type } : { name, size, type };
  }

  slice(start, end, type = "") {
    return new Blob([this[content]().subarray(start, end)], { type });
  }
  stream() {
    return memoryStream(this, (blob) => blob[content]());
  }
  async text() {
    return utf8Decode(this[content](), false, false);
  }
  async json() {
    return JSON.parse(await this.text());
  }
  async bytes() {
    return this[content]().slice();
  }
  async arrayBuffer() {
    return this[content]().slice().buffer;
  }

  /** Bun's: the form that it holds, by its type. */
  formData() {
    return formOf(this.type, () => this.bytes());
  }

  static {
    isText = (blob) => blob.#isText;
  }
}

/** https://w3c.github.io/FileAPI/#file-section */
export class File extends Blob {
  #name;
  #lastModified;

  constructor(parts, name, options = {}) {
    if (arguments.length < 2) throw new TypeError("A File needs its parts and a name");
    super(parts, options);
    this.#name = String(name);
    this.#lastModified = Math.trunc(Number(options?.lastModified ?? Date.now())) || 0;
  }

  get name() {
    return this.#name;
  }
  get lastModified() {
    return this.#lastModified;
  }
}

hidden(Blob.prototype, absentMembers("Blob", members.Blob));
tag(Blob, "Blob");
tag(File, "File");

const isBytes = (part) => ArrayBuffer.isView(part) || isBuffer(part);

function partBytes(part) {
  if (part instanceof Blob) return part[content]();
  if (isBytes(part)) return bytesOf(part).slice();
  return utf8Encode(String(part));
}
