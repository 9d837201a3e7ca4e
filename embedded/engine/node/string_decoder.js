// node:string_decoder

import { Buffer, encodingName, errors, TextDecoder } from "../internals.js";

/** How many bytes make whole characters of an encoding. */
const GROUPS = { base64: 3, base64url: 3 };

/** Text of pieces of bytes, of which a character may be in two. */
export class StringDecoder {
  #decoder;
  #rest = Buffer.alloc(0);

  constructor(encoding) {
    this.encoding = encodingName(encoding);
    if (this.encoding === undefined) throw errors.unknownEncoding(encoding);
    if (/^utf/.test(this.encoding)) this.#reset();
  }

  #reset() {
    const label = this.encoding === "utf8" ? "utf-8" : "utf-16le";
    this.#decoder = new TextDecoder(label, { ignoreBOM: true });
  }

  write(bytes) {
    if (typeof bytes === "string") return bytes;
    if (!ArrayBuffer.isView(bytes)) {
      throw errors.invalidType("buf", "an instance of Buffer, TypedArray, or DataView", bytes);
    }
    if (this.#decoder) return this.#decoder.decode(bytes, { stream: true });
    const group = GROUPS[this.encoding] ?? 1;
    const all = Buffer.concat([this.#rest, bytes]);
    const end = all.length - (all.length % group);
    this.#rest = all.subarray(end);
    return all.toString(this.encoding, 0, end);
  }

  end(bytes) {
    const text = bytes === undefined ? "" : this.write(bytes);
    if (this.#decoder) {
      const last = this.#decoder.decode();
      this.#reset();
      return text + last;
    }
    const last = this.#rest.toString(this.encoding);
    this.#rest = Buffer.alloc(0);
    return text + last;
  }
}
