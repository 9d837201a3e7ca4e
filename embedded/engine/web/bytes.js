import { utf8Encode } from "./host.js";

/** The bytes of an ArrayBuffer or a view, not copied. */
export function bytesOf(source) {
  if (source instanceof Uint8Array) return source;
  if (ArrayBuffer.isView(source)) {
    return new Uint8Array(source.buffer, source.byteOffset, source.byteLength);
  }
  if (isBuffer(source)) return new Uint8Array(source);
  throw new TypeError("This needs an ArrayBuffer, a typed array or a DataView");
}

export const isBuffer = (value) =>
  value instanceof ArrayBuffer ||
  (typeof SharedArrayBuffer !== "undefined" && value instanceof SharedArrayBuffer);

export function concat(pieces) {
  if (pieces.length === 1) return pieces[0];
  const whole = new Uint8Array(pieces.reduce((length, piece) => length + piece.length, 0));
  let at = 0;
  for (const piece of pieces) {
    whole.set(piece, at);
    at += piece.length;
  }
  return whole;
}

const DIGITS = Array.from({ length: 256 }, (_, byte) => byte.toString(16).padStart(2, "0"));

/** Bytes in hexadecimal digits. */
export const hex = (bytes) => Array.from(bytes, (byte) => DIGITS[byte]).join("");

/** A chunk of a body as bytes. Strings are allowed, as in Bun. */
export function chunkBytes(chunk) {
  if (typeof chunk === "string") return utf8Encode(chunk);
  if (isBuffer(chunk) || ArrayBuffer.isView(chunk)) return bytesOf(chunk);
  const kind = chunk === null ? "null" : typeof chunk;
  throw new TypeError(`A body's stream must give strings or bytes, not ${kind}`);
}
