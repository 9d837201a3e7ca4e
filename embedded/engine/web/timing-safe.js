import { coded, invalid } from "./node-errors.js";

/** Compares bytes in a time that does not tell where they differ, as Node does. */
export function timingSafeEqual(a, b) {
  const [one, other] = [view("buf1", a), view("buf2", b)];
  if (one.length !== other.length) {
    const message = "Input buffers must have the same byte length";
    throw coded(RangeError, "ERR_CRYPTO_TIMING_SAFE_EQUAL_LENGTH", message);
  }
  let difference = 0;
  for (let at = 0; at < one.length; at++) difference |= one[at] ^ other[at];
  return difference === 0;
}

function view(name, value) {
  if (ArrayBuffer.isView(value)) {
    return new Uint8Array(value.buffer, value.byteOffset, value.byteLength);
  }
  if (value instanceof ArrayBuffer) return new Uint8Array(value);
  throw invalid(
    `The "${name}" argument must be an instance of ArrayBuffer, Buffer, TypedArray, or DataView.`,
  );
}
