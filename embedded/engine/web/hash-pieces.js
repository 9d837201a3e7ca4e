// What Bun's hashers take and give.

import { utf8Encode } from "./host.js";
import { Blob, content } from "./blob.js";
import { Buffer } from "./buffer.js";
import { bytesOf, concat, isBuffer } from "./bytes.js";
import { coded } from "./node-errors.js";

/** The longest hash, in bytes: so long an array must be that one is written into. */
const LONGEST = 64;

/** What is gathered until it is hashed. */
export class Pieces {
  #pieces = [];

  add(input, encoding) {
    this.#pieces.push(inputBytes(input, encoding));
  }
  take() {
    const whole = this.all();
    this.#pieces = [];
    return whole;
  }
  all() {
    return concat(this.#pieces);
  }
}

export function inputBytes(input, encoding) {
  if (typeof input === "string") return encoding ? Buffer.from(input, encoding) : utf8Encode(input);
  if (input instanceof Blob) return input[content]();
  if (isBuffer(input) || ArrayBuffer.isView(input)) return bytesOf(input).slice();
  const message = "input must be a string, ArrayBuffer, ArrayBufferView or Blob";
  throw coded(TypeError, "ERR_INVALID_ARG_TYPE", message);
}

/** A hash as text, or written into an array, or as bytes of its own. */
export function given(bytes, encoding, asBuffer) {
  if (encoding === undefined || encoding === null || encoding === "buffer") {
    return asBuffer ? Buffer.from(bytes.buffer) : bytes;
  }
  if (ArrayBuffer.isView(encoding) || isBuffer(encoding)) {
    const target = bytesOf(encoding);
    if (target.length < LONGEST) {
      const message = `TypedArray must be at least ${LONGEST} bytes`;
      throw coded(TypeError, "ERR_INVALID_ARG_TYPE", message);
    }
    target.set(bytes);
    return encoding;
  }
  if (!Buffer.isEncoding(String(encoding))) {
    throw coded(TypeError, "ERR_INVALID_ARG_VALUE", `Unknown encoding: ${encoding}`);
  }
  return Buffer.from(bytes.buffer).toString(encoding);
}
