// Bun.CryptoHasher. https://bun.com/docs/api/hashing#bun-cryptohasher

import { digest, hmac } from "./host.js";
import { tag } from "./define.js";
import { Pieces, given, inputBytes } from "./hash-pieces.js";
import { coded } from "./node-errors.js";
import { hashName, NAMES } from "../node/hash-names.js";

/** Hashes in pieces; after `digest` it begins anew, but for an HMAC. */
export class CryptoHasher {
  #pieces = new Pieces();
  #algorithm;
  #key;
  #isOver = false;

  constructor(algorithm, key = undefined) {
    this.#algorithm = known(algorithm);
    this.#key = key === undefined || key === null ? null : inputBytes(key);
  }

  static get algorithms() {
    return [...NAMES];
  }
  static hash(algorithm, input, encoding) {
    return new CryptoHasher(algorithm).update(input).digest(encoding);
  }

  get algorithm() {
    return this.#algorithm;
  }
  get byteLength() {
    return digest(hashName(this.#algorithm), new Uint8Array(0)).length;
  }

  update(input, encoding) {
    this.#check();
    this.#pieces.add(input, encoding);
    return this;
  }
  digest(encoding) {
    this.#check();
    this.#isOver = this.#key !== null;
    const [name, bytes] = [hashName(this.#algorithm), this.#pieces.take()];
    return given(this.#key ? hmac(name, this.#key, bytes) : digest(name, bytes), encoding, true);
  }
  copy() {
    this.#check();
    const twin = new CryptoHasher(this.#algorithm, this.#key);
    twin.#pieces.add(this.#pieces.all());
    return twin;
  }

  #check() {
    if (this.#isOver) throw new Error("HMAC has been consumed and is no longer usable");
  }
}
tag(CryptoHasher, "CryptoHasher");

function known(algorithm) {
  if (typeof algorithm !== "string") {
    throw coded(TypeError, "ERR_INVALID_ARG_TYPE", "algorithm must be a string");
  }
  const name = NAMES.find((each) => hashName(each) === hashName(algorithm));
  if (hashName(algorithm) !== undefined) return name;
  const message = `Unsupported algorithm ${algorithm}; here are ${NAMES.join(", ")}`;
  throw coded(TypeError, "ERR_INVALID_ARG_TYPE", message);
}
