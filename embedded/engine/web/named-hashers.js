// Bun's hashes by name. https://bun.com/reference/bun/SHA256

import { digest } from "./host.js";
import { hidden } from "./define.js";
import { Pieces, given } from "./hash-pieces.js";
import { coded } from "./node-errors.js";
import { hashName } from "../node/hash-names.js";

const CLASSES = {
  ...{ MD5: "md5", SHA1: "sha1", SHA224: "sha224", SHA256: "sha256", SHA384: "sha384" },
  ...{ SHA512: "sha512", SHA512_256: "sha512-256" },
};

/** Each hashes once. */
export const hashers = Object.fromEntries(
  Object.entries(CLASSES).map(([name, algorithm]) => [name, hasher(name, hashName(algorithm))]),
);

/** https://bun.com/reference/bun/sha: SHA-512/256. */
export const sha = (input, encoding) => hashers.SHA512_256.hash(input, encoding);

function hasher(name, algorithm) {
  const length = () => digest(algorithm, new Uint8Array(0)).length;
  class Hasher {
    #pieces = new Pieces();
    #isOver = false;

    static get byteLength() {
      return length();
    }
    static hash(input, encoding) {
      return new Hasher().update(input).digest(encoding);
    }
    get byteLength() {
      return length();
    }
    update(input, encoding) {
      this.#check("update");
      this.#pieces.add(input, encoding);
      return this;
    }
    digest(encoding) {
      this.#check("digest");
      this.#isOver = true;
      return given(digest(algorithm, this.#pieces.take()), encoding, false);
    }
    #check(what) {
      if (!this.#isOver) return;
      const message = `${name} hasher already digested, create a new instance to ${what} again`;
      throw coded(Error, "ERR_INVALID_STATE", message);
    }
  }
  hidden(Hasher, { name });
  return Hasher;
}
