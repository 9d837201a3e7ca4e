// What a Buffer is made from.

import { isBuffer as isMemory } from "./bytes.js";
import { encodingName, encodingOf } from "./buffer-text.js";
import { invalidType } from "./node-errors.js";

const EXPECTED =
  "of type string or an instance of Buffer, ArrayBuffer, or Array or an Array-like Object";

/** The bytes of `Buffer.from(source, …)`: copied, but for an ArrayBuffer, whose memory is shared. */
export function copyOf(source, encoding, length) {
  if (typeof source === "string") return encodingOf(encoding).encode(source);
  if (isMemory(source)) return new Uint8Array(source, encoding, length);
  if (typeof source === "object" && source !== null) {
    const bytes = ofObject(source, encoding, length);
    if (bytes) return bytes;
  }
  throw invalidType("first argument", EXPECTED, source);
}

function ofObject(source, encoding, length) {
  const value = source.valueOf?.();
  if (value !== undefined && value !== null && value !== source)
    return copyOf(value, encoding, length);
  if (source.type === "Buffer" && Array.isArray(source.data)) return Uint8Array.from(source.data);
  if (source.length !== undefined || isMemory(source.buffer)) {
    return typeof source.length === "number" ? Uint8Array.from(source) : new Uint8Array(0);
  }
  const primitive = source[Symbol.toPrimitive]?.("string");
  return typeof primitive === "string" ? encodingOf(encoding).encode(primitive) : undefined;
}

/** `Buffer.byteLength`. */
export function lengthOf(source, encoding) {
  if (typeof source === "string") {
    // Node does not look whether they are digits.
    if (encodingName(encoding) === "hex") return source.length >> 1;
    return encodingOf(encoding).encode(source).length;
  }
  if (ArrayBuffer.isView(source) || isMemory(source)) return source.byteLength;
  throw invalidType("string", "of type string or an instance of Buffer or ArrayBuffer", source);
}
