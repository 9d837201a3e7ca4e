import { randomBytes } from "./host.js";
import { hex } from "./bytes.js";
import { tag } from "./define.js";
import { DOMException } from "./dom-exception.js";
import { subtle } from "./subtle.js";
import { timingSafeEqual } from "./timing-safe.js";

/** The most that `getRandomValues` gives at once, from the specification. */
const QUOTA = 65_536;

/** https://w3c.github.io/webcrypto/#Crypto-interface */
export class Crypto {
  get subtle() {
    return subtle;
  }

  getRandomValues(array) {
    if (
      !ArrayBuffer.isView(array) ||
      array instanceof DataView ||
      /Float/.test(array.constructor.name)
    ) {
      throw new DOMException("getRandomValues fills arrays of integers", "TypeMismatchError");
    }
    if (array.byteLength > QUOTA) {
      const message = `getRandomValues fills at most ${QUOTA} bytes at once`;
      throw new DOMException(message, "QuotaExceededError");
    }
    const bytes = new Uint8Array(array.buffer, array.byteOffset, array.byteLength);
    bytes.set(randomBytes(array.byteLength));
    return array;
  }

  /** As Bun has it. */
  timingSafeEqual(a, b) {
    return timingSafeEqual(a, b);
  }

  /** A version 4 UUID (RFC 9562). */
  randomUUID() {
    const bytes = randomBytes(16);
    bytes[6] = (bytes[6] & 0x0f) | 0x40;
    bytes[8] = (bytes[8] & 0x3f) | 0x80;
    return hex(bytes).replace(/^(.{8})(.{4})(.{4})(.{4})/, "$1-$2-$3-$4-");
  }
}

tag(Crypto, "Crypto");

export const crypto = new Crypto();
