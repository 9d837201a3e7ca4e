import { Blob, web } from "./host.js";

/** So many bytes count as taken by a client at once, about as many as a kernel takes. */
export const TAKEN = 2 * 1024 * 1024;
/** What `send` and `publish` answer for a message that has to wait. */
export const WAITS = -1;

/** What a WebSocket can carry: a string, or the bytes of a buffer or a Blob; anything else as a string. */
export function payload(message, call) {
  if (typeof message === "string") return message;
  if (message instanceof Uint8Array) return message;
  if (ArrayBuffer.isView(message)) {
    return new Uint8Array(message.buffer, message.byteOffset, message.byteLength);
  }
  if (message instanceof ArrayBuffer) return new Uint8Array(message);
  if (message instanceof Blob) return web.blobBytes(message);
  if (message === undefined || message === null) {
    throw new Error(`${call} needs a message: a string, or bytes`);
  }
  return String(message);
}
