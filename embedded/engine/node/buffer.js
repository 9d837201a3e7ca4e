// node:buffer

import { Buffer, TextDecoder } from "../internals.js";

export { Blob, Buffer, File, atob, btoa } from "../internals.js";
export const INSPECT_MAX_BYTES = 50;
export const kMaxLength = 2 ** 32;
export const kStringMaxLength = 2 ** 30 - 2;
export const constants = { MAX_LENGTH: kMaxLength, MAX_STRING_LENGTH: kStringMaxLength };

export function SlowBuffer(size) {
  return Buffer.allocUnsafeSlow(size);
}

const view = (input) =>
  ArrayBuffer.isView(input)
    ? new Uint8Array(input.buffer, input.byteOffset, input.byteLength)
    : new Uint8Array(input);

export const isAscii = (input) => view(input).every((byte) => byte < 0x80);

export function isUtf8(input) {
  try {
    new TextDecoder("utf-8", { fatal: true }).decode(view(input));
    return true;
  } catch {
    return false;
  }
}

/** Bytes of one encoding as those of another. */
export const transcode = (source, from, to) => Buffer.from(Buffer.from(source).toString(from), to);
