import { utf8Decode, utf8Encode } from "./host.js";
import { btoa, fromBase64Url } from "./base64.js";
import { hex } from "./bytes.js";
import { tag } from "./define.js";

/** Bytes as text, by the names of encodings that Node takes. */
const DECODERS = {
  utf8: (bytes) => utf8Decode(bytes, false, true),
  hex,
  latin1: (bytes) => characters(bytes, 0xff),
  ascii: (bytes) => characters(bytes, 0x7f),
  base64: (bytes) => btoa(characters(bytes, 0xff)),
  base64url: (bytes) =>
    DECODERS.base64(bytes).replaceAll("+", "-").replaceAll("/", "_").replace(/=+$/, ""),
};

const ENCODERS = {
  utf8: utf8Encode,
  hex: (text) =>
    Uint8Array.from(text.match(/^([\da-f]{2})*/i)[0].match(/../g) ?? [], (pair) =>
      parseInt(pair, 16),
    ),
  latin1: (text) => Uint8Array.from(text, (character) => character.charCodeAt(0)),
  base64: (text) => fromBase64Url(text.split("=")[0].replace(/[^\w+/-]/g, "")),
};
ENCODERS.ascii = ENCODERS.latin1;
ENCODERS.base64url = ENCODERS.base64;

const ALIASES = { "utf-8": "utf8", binary: "latin1" };

/** The part of Node's Buffer that messages and bodies need: bytes that know how to be text. */
export class Buffer extends Uint8Array {
  static from(source, encoding, length) {
    if (typeof source === "string") return bufferOf(coder(ENCODERS, encoding)(source));
    if (source instanceof ArrayBuffer) return new Buffer(source, encoding, length);
    return bufferOf(Uint8Array.from(source));
  }
  static alloc(size, fill = 0) {
    return new Buffer(size).fill(fill);
  }
  static allocUnsafe(size) {
    return new Buffer(size);
  }
  static concat(list, length = list.reduce((sum, { length }) => sum + length, 0)) {
    const all = new Buffer(length);
    let at = 0;
    for (const bytes of list) {
      all.set(bytes.subarray(0, length - at), at);
      at = Math.min(length, at + bytes.length);
    }
    return all;
  }
  static isBuffer(value) {
    return value instanceof Buffer;
  }
  static isEncoding(name) {
    return Object.hasOwn(DECODERS, known(name));
  }
  static byteLength(source, encoding) {
    return typeof source === "string" ? Buffer.from(source, encoding).length : source.byteLength;
  }
  /** What is made of a Buffer by the methods of arrays is one as well. */
  static get [Symbol.species]() {
    return Buffer;
  }

  toString(encoding, start = 0, end = this.length) {
    return coder(DECODERS, encoding)(this.subarray(start, end));
  }
  toJSON() {
    return { type: "Buffer", data: [...this] };
  }
  equals(other) {
    return this.length === other.length && this.every((byte, at) => byte === other[at]);
  }
  /** The same memory, as Node has it. */
  slice(start, end) {
    return this.subarray(start, end);
  }
  write(text, at = 0) {
    const bytes = utf8Encode(String(text)).subarray(0, this.length - at);
    this.set(bytes, at);
    return bytes.length;
  }
}

tag(Buffer, "Buffer");
// An instance says that it is a Uint8Array, as in Node.
delete Buffer.prototype[Symbol.toStringTag];

/** The same bytes as a Buffer, without a copy. */
export const bufferOf = ({ buffer, byteOffset, length }) => new Buffer(buffer, byteOffset, length);

const known = (name) => {
  const lower = String(name ?? "utf8").toLowerCase();
  return ALIASES[lower] ?? lower;
};

function coder(coders, encoding) {
  const name = known(encoding);
  if (Object.hasOwn(coders, name)) return coders[name];
  throw new TypeError(`Unknown encoding: ${encoding}`);
}

const characters = (bytes, mask) =>
  Array.from(bytes, (byte) => String.fromCharCode(byte & mask)).join("");
