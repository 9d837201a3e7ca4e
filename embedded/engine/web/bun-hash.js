// Bun.hash: quick hashes that keep no secret. https://bun.com/docs/api/hashing#bun-hash

import { quickHash, utf8Encode } from "./host.js";
import { Blob, content } from "./blob.js";
import { bytesOf, isBuffer } from "./bytes.js";
import { absent } from "./absent.js";
import { coded } from "./node-errors.js";

const NAMES = ["wyhash", "adler32", "crc32", "xxHash32", "xxHash64", "xxHash3", "murmur32v3"];
const MISSING = ["cityHash32", "cityHash64", "murmur32v2", "murmur64v2", "rapidhash"];

/** Wyhash, as a bigint. */
export const hash = hasher("wyhash");
for (const name of NAMES) hash[name] = hasher(name);
for (const name of MISSING) {
  hash[name] = absent(`Bun.hash.${name}`, `use one of Bun.hash.${NAMES.join(", ")}`);
}

function hasher(name) {
  const hash = (data, seed = 0) => {
    if (data === undefined || data === null) {
      const message = "data must be a string, ArrayBuffer, ArrayBufferView or Blob";
      throw coded(TypeError, "ERR_INVALID_ARG_TYPE", message);
    }
    return quickHash(name, bytesFrom(data), BigInt.asIntN(64, whole(seed)));
  };
  return Object.defineProperty(hash, "name", { value: name === "wyhash" ? "hash" : name });
}

function bytesFrom(data) {
  if (data instanceof Blob) return data[content]();
  return isBuffer(data) || ArrayBuffer.isView(data) ? bytesOf(data) : utf8Encode(String(data));
}

/** A seed as Bun takes it: what is no number is none. */
function whole(seed) {
  if (typeof seed === "bigint") return seed;
  const number = Math.trunc(Number(seed));
  return Number.isFinite(number) ? BigInt(number) : 0n;
}
