// node:crypto: hashes, random values, and comparing in constant time.

import {
  Buffer,
  Bun,
  crypto,
  digest,
  errors,
  hmac,
  queueMicrotask,
  randomBytes as random,
} from "../internals.js";
import { hashName, NAMES } from "./hash-names.js";

const { coded, invalidType, outOfRange } = errors;

/** The most random bytes that the engine gives at once. */
const PIECE = 65_536;

export const webcrypto = crypto;
export const { subtle } = crypto;
export const getRandomValues = (array) => crypto.getRandomValues(array);
export const randomUUID = () => crypto.randomUUID();
export const randomUUIDv7 = (...values) => Bun.randomUUIDv7(...values);
export const getHashes = () => [...NAMES];
export const { timingSafeEqual } = Object.getPrototypeOf(crypto);
export const getFips = () => 0;
export const constants = {};

/** What hashes and codes have in common: pieces, and one end. */
class Digest {
  #pieces = [];
  #isOver = false;

  /** Text is UTF-8 unless an encoding is named. */
  update(data, encoding) {
    if (this.#isOver) throw coded(Error, "ERR_CRYPTO_HASH_FINALIZED", "Digest already called");
    this.#pieces.push(bytesFrom("data", data, encoding));
    return this;
  }
  digest(encoding) {
    if (this.#isOver) throw coded(Error, "ERR_CRYPTO_HASH_FINALIZED", "Digest already called");
    this.#isOver = true;
    const bytes = Buffer.from(this.finish(Buffer.concat(this.#pieces)).buffer);
    this.#pieces = [];
    return encoding && encoding !== "buffer" ? bytes.toString(encoding) : bytes;
  }
  copyTo(other) {
    if (this.#isOver) throw coded(Error, "ERR_CRYPTO_HASH_FINALIZED", "Digest already called");
    other.#pieces = [...this.#pieces];
    return other;
  }
}

export class Hash extends Digest {
  #name;
  constructor(name) {
    super();
    this.#name = known(name);
  }
  finish(bytes) {
    return digest(this.#name, bytes);
  }
  /** A second one that goes on from here. */
  copy() {
    return this.copyTo(new Hash(this.#name));
  }
}

export class Hmac extends Digest {
  #name;
  #key;
  constructor(name, key) {
    super();
    this.#name = known(name, "Invalid digest");
    this.#key = bytesFrom("key", key);
  }
  finish(bytes) {
    return hmac(this.#name, this.#key, bytes);
  }
}

export const createHash = (name) => new Hash(name);
export const createHmac = (name, key) => new Hmac(name, key);
export const hash = (name, data, encoding = "hex") => new Hash(name).update(data).digest(encoding);

/** Some bytes; with a callback they come a moment later. */
export function randomBytes(size, callback) {
  if (typeof size !== "number") throw invalidType("size", "of type number", size);
  if (!(size >= 0 && size <= 2 ** 31 - 1)) throw outOfRange("size", ">= 0 && <= 2147483647", size);
  const bytes = randomFillSync(Buffer.alloc(size));
  if (!callback) return bytes;
  queueMicrotask(() => callback(null, bytes));
}
export { randomBytes as pseudoRandomBytes };

export function randomFillSync(target, offset = 0, size = target.byteLength - offset) {
  const bytes = ArrayBuffer.isView(target)
    ? new Uint8Array(target.buffer, target.byteOffset + offset, size)
    : new Uint8Array(target, offset, size);
  for (let at = 0; at < bytes.length; at += PIECE) {
    bytes.set(random(Math.min(PIECE, bytes.length - at)), at);
  }
  return target;
}

export function randomFill(target, ...rest) {
  const callback = rest.pop();
  randomFillSync(target, ...rest);
  queueMicrotask(() => callback(null, target));
}

/** A whole number from `low` up to, and without, `high`, each as likely. */
export function randomInt(low, high, callback) {
  if (high === undefined || typeof high === "function") [low, high, callback] = [0, low, high];
  if (!Number.isSafeInteger(low)) throw invalidType("min", "a safe integer", low);
  if (!Number.isSafeInteger(high)) throw invalidType("max", "a safe integer", high);
  const range = high - low;
  if (range <= 0) throw outOfRange("max", `greater than the value of "min" (${low})`, high);
  if (range > 2 ** 48 - 1) throw outOfRange("max - min", `<= ${2 ** 48 - 1}`, range);
  const most = 2 ** 48 - (2 ** 48 % range);
  let value;
  do value = Buffer.from(random(6)).readUIntBE(0, 6);
  while (value >= most);
  const chosen = low + (value % range);
  if (!callback) return chosen;
  queueMicrotask(() => callback(null, chosen));
}

/** Looks at every byte, however early two differ. */
function view(name, value) {
  if (ArrayBuffer.isView(value)) {
    return new Uint8Array(value.buffer, value.byteOffset, value.byteLength);
  }
  if (value instanceof ArrayBuffer) return new Uint8Array(value);
  throw invalidType(name, "an instance of ArrayBuffer, Buffer, TypedArray, or DataView", value);
}

function bytesFrom(name, data, encoding) {
  if (typeof data === "string")
    return Buffer.from(data, encoding === "buffer" ? undefined : encoding);
  if (ArrayBuffer.isView(data)) return new Uint8Array(view(name, data));
  throw invalidType(name, "of type string or an instance of Buffer, TypedArray, or DataView", data);
}

/** Hashes that Bun has and a sandbox does not. */
const OTHERS = /^(rsa-)?(sha3|blake2|shake|ripemd|rmd)/i;

function known(name, what = "Digest method not supported") {
  if (typeof name !== "string") throw invalidType("algorithm", "of type string", name);
  const found = hashName(name);
  if (!found) {
    const said = what === "Invalid digest" ? `${what}: ${name}` : what;
    throw new Error(OTHERS.test(name) ? `${said}; a sandbox has ${NAMES.join(", ")}` : said);
  }
  return found;
}
