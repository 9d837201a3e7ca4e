// Bun.password: hashes that are slow on purpose. https://bun.com/docs/api/hashing

import { passwordHash, passwordVerify, utf8Decode, utf8Encode } from "./host.js";
import { bytesOf, isBuffer } from "./bytes.js";
import { coded, invalid } from "./node-errors.js";
import { setTimeout } from "./timers.js";

const DEFAULT = "argon2id";
/** What OWASP recommends for Argon2; Bun's 64 MiB are more than a Run has. In KiB, and passes. */
const [MEMORY, PASSES] = [19_456, 2];
const COST = 10;
const MOST = 2 ** 32 - 1;
const ALGORITHMS = ["bcrypt", "argon2id", "argon2d", "argon2i"];

export const password = {
  /** Each has a turn of its own, so that many at once do not make one long turn. */
  hash(text, options) {
    const work = hashing(bytes("password", text, true), options);
    return later(work);
  },
  hashSync: (text, options) => hashing(bytes("password", text), options)(),
  verify(text, hash, algorithm) {
    return later(verifying(bytes("password", text, true), bytes("hash", hash, true), algorithm));
  },
  verifySync: (text, hash, algorithm) =>
    verifying(bytes("password", text), bytes("hash", hash), algorithm)(),
};
for (const call of Object.values(password)) Object.defineProperty(call, "length", { value: 2 });

function hashing(given, options) {
  if (given.length === 0) throw wrong("password", "not be empty");
  const { algorithm, cost, passes } = recipe(options);
  return () => passwordHash(given, algorithm, cost, passes);
}

function verifying(given, hash, algorithm) {
  const family = algorithm === undefined || algorithm === null ? null : known(algorithm, "verify");
  return () => {
    if (given.length === 0 || hash.length === 0) return false;
    const text = utf8Decode(hash, false, true);
    if (family === "bcrypt" && !text.startsWith("$2")) return false;
    const isKnown = family ?? (/^\$(argon2|2|bcrypt)/.test(text) && "by its beginning");
    if (!isKnown) throw failed("UnsupportedAlgorithm", "PASSWORD_UNSUPPORTED_ALGORITHM");
    const isOther = family && family !== "bcrypt" && text.startsWith("$2");
    const found = isOther ? undefined : passwordVerify(given, text);
    if (found === undefined) throw failed("InvalidEncoding", "PASSWORD_INVALID_ENCODING");
    return found;
  };
}

/** The algorithm, and its cost: memory for Argon2, rounds as a power of two for bcrypt. */
function recipe(options) {
  if (options === undefined || options === null) options = DEFAULT;
  const given = typeof options === "object" ? options : {};
  if (typeof options !== "object" && typeof options !== "string") {
    throw invalid("PasswordHashOptions must be an object");
  }
  const name = typeof options === "string" ? options : options.algorithm;
  if (name === undefined) throw invalid("Expected options.algorithm to be a string for 'hash'.");
  if (typeof name !== "string") throw invalid("PasswordHashOptions.algorithm must be a string");
  const algorithm = known(name, "hash");
  if (algorithm === "bcrypt") {
    const cost = option(given, "cost", COST);
    if (!Number.isInteger(cost) || cost < 4 || cost > 31) {
      throw invalid("Rounds must be an integer between 4 and 31");
    }
    return { algorithm, cost, passes: 0 };
  }
  const passes = option(given, "timeCost", PASSES);
  if (passes < 1) throw invalid("Time cost must be greater than 0");
  if (!isWhole(passes)) throw invalid(`Time cost must be an integer between 1 and ${MOST}`);
  const cost = option(given, "memoryCost", MEMORY);
  if (cost < 8) throw invalid("Memory cost must be at least 8");
  if (!isWhole(cost)) throw invalid(`Memory cost must be an integer between 8 and ${MOST}`);
  return { algorithm, cost, passes };
}

function option(given, name, usual) {
  const value = given[name] ?? usual;
  if (typeof value !== "number") throw invalid(`Expected ${name} to be a number for 'hash'.`);
  return value;
}

function known(name, call) {
  if (typeof name !== "string") throw invalid("algorithm must be a string");
  if (ALGORITHMS.includes(name)) return name;
  const names = ALGORITHMS.map((each) => `"${each}"`).join(", ");
  const expected = `a unknown algorithm, expected one of: ${names} (default is "${DEFAULT}")`;
  throw invalid(`Expected algorithm to be ${expected} for '${call}'.`);
}

const BYTES = "be a string, ArrayBuffer or ArrayBufferView";

/** Text or bytes as bytes; where Bun takes `loosely` anything else as its text, so is it here. */
function bytes(name, value, loosely = false) {
  if (isBuffer(value) || ArrayBuffer.isView(value)) return bytesOf(value).slice();
  if (typeof value === "string") return utf8Encode(value);
  if (!loosely || value === undefined) throw wrong(name, BYTES);
  if (typeof value === "symbol") throw new TypeError("Cannot convert a symbol to a string");
  return utf8Encode(String(value));
}

const later = (work) =>
  new Promise((resolve, reject) =>
    setTimeout(() => {
      try {
        resolve(work());
      } catch (error) {
        reject(error);
      }
    }),
  );

const isWhole = (number) => Number.isInteger(number) && number <= MOST;
const wrong = (name, must) => invalid(`${name} must ${must}`);
const failed = (reason, code) =>
  coded(Error, code, `Password verification failed with error "${reason}"`);
