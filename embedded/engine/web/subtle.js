import { digest as hash, hmac, randomBytes } from "./host.js";
import { bytesOf } from "./bytes.js";
import { shown, tag } from "./define.js";
import { DOMException } from "./dom-exception.js";
import { fromBase64Url, toBase64Url } from "./base64.js";

const HASHES = ["SHA-1", "SHA-256", "SHA-384", "SHA-512"];
const USAGES = ["sign", "verify"];

/** The length in bits of the key that is made for a hash: that of its block. */
const BLOCK = { "SHA-1": 512, "SHA-256": 512, "SHA-384": 1024, "SHA-512": 1024 };

/** How JWK calls HMAC with each hash (RFC 7518, section 3.1, and the Web Cryptography API). */
const JWK_NAMES = { "SHA-1": "HS1", "SHA-256": "HS256", "SHA-384": "HS384", "SHA-512": "HS512" };

const MINE = Symbol("CryptoKey");
let secretOf;

/** https://w3c.github.io/webcrypto/#cryptokey-interface */
export class CryptoKey {
  #secret;
  #extractable;
  #algorithm;
  #usages;

  constructor(mine, secret, hash, extractable, usages) {
    if (mine !== MINE) throw new TypeError("Illegal constructor");
    this.#secret = secret;
    this.#extractable = Boolean(extractable);
    this.#algorithm = { name: "HMAC", hash: { name: hash }, length: secret.length * 8 };
    this.#usages = USAGES.filter((usage) => usages.includes(usage));
  }

  get type() {
    return "secret";
  }
  get extractable() {
    return this.#extractable;
  }
  get algorithm() {
    return this.#algorithm;
  }
  get usages() {
    return this.#usages;
  }

  [shown]() {
    const { type, extractable, algorithm, usages } = this;
    return { type, extractable, algorithm, usages };
  }

  static {
    secretOf = (key) => key.#secret;
  }
}

/** https://w3c.github.io/webcrypto/#subtlecrypto-interface, of which hashes and HMAC are here. */
export class SubtleCrypto {
  constructor(mine) {
    if (mine !== MINE) throw new TypeError("Illegal constructor");
  }

  async digest(algorithm, source) {
    const name = hashOf(algorithm);
    return hash(name, bytesOf(source)).buffer;
  }

  async importKey(format, source, algorithm, extractable, usages) {
    const name = hmacHash(algorithm);
    checkUsages(usages);
    const secret = format === "raw" ? bytesOf(source).slice() : fromJwk(format, source, name);
    if (secret.length === 0) throw refusal("DataError", "The key has no bytes");
    return new CryptoKey(MINE, shortened(secret, algorithm.length), name, extractable, usages);
  }

  async exportKey(format, key) {
    if (!(key instanceof CryptoKey)) throw new TypeError("exportKey takes a CryptoKey");
    if (format !== "raw" && format !== "jwk") throw noFormat(format);
    if (!key.extractable) throw refusal("InvalidAccessError", "The key is not extractable");
    const secret = secretOf(key);
    if (format === "raw") return secret.slice().buffer;
    const alg = JWK_NAMES[key.algorithm.hash.name];
    return { alg, ext: true, k: toBase64Url(secret), key_ops: [...key.usages], kty: "oct" };
  }

  async generateKey(algorithm, extractable, usages) {
    const name = hmacHash(algorithm);
    checkUsages(usages);
    const bits = algorithm.length ?? BLOCK[name];
    if (!(bits > 0)) throw refusal("OperationError", "A key has at least one bit");
    const secret = shortened(randomBytes(Math.ceil(bits / 8)), bits);
    return new CryptoKey(MINE, secret, name, extractable, usages);
  }

  async sign(algorithm, key, source) {
    return code("sign", algorithm, key, source).buffer;
  }

  /** Compares in a time that does not tell where the first difference is. */
  async verify(algorithm, key, signature, source) {
    const given = bytesOf(signature);
    const right = code("verify", algorithm, key, source);
    let difference = given.length ^ right.length;
    for (let at = 0; at < right.length; at++) difference |= right[at] ^ given[at];
    return difference === 0;
  }
}

tag(CryptoKey, "CryptoKey");
tag(SubtleCrypto, "SubtleCrypto");

// The rest of the interface says what is missing, instead of not being a function.
const missing = "encrypt decrypt deriveKey deriveBits wrapKey unwrapKey".split(" ");
for (const name of missing) {
  const value = async () => {
    throw refusal(
      "NotSupportedError",
      `crypto.subtle.${name} does not exist here: ${insteadOf(name)}`,
    );
  };
  const property = { value, writable: true, enumerable: true, configurable: true };
  Object.defineProperty(SubtleCrypto.prototype, name, property);
}

/** What to do without an operation or an algorithm, by its name. */
function insteadOf(name) {
  return /^(derive|PBKDF2|HKDF)/i.test(name)
    ? "for a password use await Bun.password.hash(text) and await Bun.password.verify(text, hash)"
    : "there are hashes and HMAC only; keep a secret on the server and give out a random token";
}

export const subtle = new SubtleCrypto(MINE);

const refusal = (name, message) => new DOMException(message, name);
const noFormat = (format) => {
  if (["raw", "jwk", "pkcs8", "spki"].includes(format)) {
    return refusal("NotSupportedError", `HMAC keys have no format “${format}”`);
  }
  return new TypeError(`There is no key format “${format}”`);
};

/** A name as the API knows it; names are without regard to case. */
function named(algorithm, names) {
  const given = typeof algorithm === "string" ? algorithm : algorithm?.name;
  if (given === undefined) throw new TypeError("An algorithm needs a name");
  const wanted = String(given).toUpperCase();
  const found = names.find((name) => name === wanted);
  if (!found) {
    const message = `“${given}” does not exist here: ${insteadOf(wanted)} (here: ${names.join(", ")})`;
    throw refusal("NotSupportedError", message);
  }
  return found;
}

const hashOf = (algorithm) => named(algorithm, HASHES);

function hmacHash(algorithm) {
  named(algorithm, ["HMAC"]);
  if (algorithm.hash === undefined) throw new TypeError("HMAC needs a hash, such as “SHA-256”");
  return hashOf(algorithm.hash);
}

function checkUsages(usages) {
  const list = [...usages];
  const odd = list.find((usage) => !USAGES.includes(usage));
  if (odd !== undefined) throw refusal("SyntaxError", `A key of HMAC cannot ${odd}`);
  if (list.length === 0) throw refusal("SyntaxError", "A key needs a usage: “sign” or “verify”");
}

function fromJwk(format, jwk, hash) {
  if (format !== "jwk") throw noFormat(format);
  if (typeof jwk !== "object" || jwk === null) throw new TypeError("A JWK is an object");
  const fits = jwk.kty === "oct" && typeof jwk.k === "string";
  if (!fits || (jwk.alg !== undefined && jwk.alg !== JWK_NAMES[hash])) {
    throw refusal("DataError", "The JWK is not a key for HMAC with this hash");
  }
  return fromBase64Url(jwk.k);
}

/** The first bits of a key; those behind them are zero. */
function shortened(secret, bits = secret.length * 8) {
  if (bits > secret.length * 8 || bits <= secret.length * 8 - 8) {
    throw refusal("DataError", `The key has ${secret.length * 8} bits, not ${bits}`);
  }
  const over = secret.length * 8 - bits;
  if (over > 0) secret[secret.length - 1] &= 0xff << over;
  return secret;
}

function code(usage, algorithm, key, source) {
  named(algorithm, ["HMAC"]);
  if (!(key instanceof CryptoKey)) throw new TypeError(`${usage} takes a CryptoKey`);
  if (!key.usages.includes(usage)) {
    throw refusal("InvalidAccessError", `The key is not for “${usage}”`);
  }
  return hmac(key.algorithm.hash.name, secretOf(key), bytesOf(source));
}
