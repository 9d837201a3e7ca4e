// Random values, hashes and HMAC.
const bytes = (text) => new TextEncoder().encode(text);
const hex = (buffer) => Buffer16(new Uint8Array(buffer));
const Buffer16 = (array) =>
  Array.from(array, (byte) => byte.toString(16).padStart(2, "0")).join("");
const HASHES = ["SHA-1", "SHA-256", "SHA-384", "SHA-512"];

const tried = async (act) => {
  try {
    const value = await act();
    return value instanceof ArrayBuffer ? hex(value) : value;
  } catch (error) {
    return error.name;
  }
};

const key = (hash, usages = ["sign", "verify"], extractable = true) =>
  crypto.subtle.importKey("raw", bytes("a key"), { name: "HMAC", hash }, extractable, usages);

const answers = {
  random: () => {
    const values = crypto.getRandomValues(new Uint32Array(4));
    return [values.length, new Set(values).size > 1, crypto.randomUUID().length];
  },
  digest: () =>
    Promise.all(HASHES.map((name) => tried(() => crypto.subtle.digest(name, bytes("ü"))))),
  "digest-forms": () =>
    Promise.all([
      tried(() => crypto.subtle.digest({ name: "sha-256" }, bytes("").buffer)),
      tried(() => crypto.subtle.digest("SHA-256", new DataView(new ArrayBuffer(2)))),
      tried(() => crypto.subtle.digest("MD5", bytes("x"))),
      tried(() => crypto.subtle.digest("SHA-256", "text")),
    ]),
  hmac: () =>
    Promise.all(
      HASHES.map((hash) =>
        tried(async () => crypto.subtle.sign("HMAC", await key(hash), bytes("message"))),
      ),
    ),
  verify: async () => {
    const own = await key("SHA-256");
    const code = await crypto.subtle.sign("HMAC", own, bytes("message"));
    const other = new Uint8Array(code.slice(0));
    other[0] ^= 1;
    return Promise.all([
      crypto.subtle.verify("HMAC", own, code, bytes("message")),
      crypto.subtle.verify("HMAC", own, other, bytes("message")),
      crypto.subtle.verify("HMAC", own, code.slice(1), bytes("message")),
      crypto.subtle.verify({ name: "hmac" }, own, code, bytes("other")),
    ]);
  },
  key: async () => {
    const own = await key("SHA-256");
    const { type, extractable, algorithm, usages } = own;
    return [type, extractable, algorithm, usages, own instanceof CryptoKey];
  },
  export: () =>
    Promise.all([
      tried(async () => crypto.subtle.exportKey("raw", await key("SHA-512"))),
      tried(async () => crypto.subtle.exportKey("jwk", await key("SHA-512"))),
      tried(async () => crypto.subtle.exportKey("raw", await key("SHA-512", ["sign"], false))),
    ]),
  jwk: () =>
    tried(async () => {
      const jwk = { kty: "oct", k: "YSBrZXk", alg: "HS256" };
      const algorithm = { name: "HMAC", hash: "SHA-256" };
      const own = await crypto.subtle.importKey("jwk", jwk, algorithm, false, ["sign"]);
      return crypto.subtle.sign("HMAC", own, bytes("message"));
    }),
  generate: () =>
    tried(async () => {
      const algorithm = { name: "HMAC", hash: "SHA-256" };
      const own = await crypto.subtle.generateKey(algorithm, true, ["sign"]);
      return (await crypto.subtle.exportKey("raw", own)).byteLength;
    }),
  refused: () =>
    Promise.all([
      tried(async () => crypto.subtle.sign("HMAC", await key("SHA-256", ["verify"]), bytes("x"))),
      tried(() => key("SHA-256", [])),
      tried(() => key("SHA-256", ["encrypt"])),
      tried(() => key("MD5")),
      tried(() => crypto.getRandomValues(new Float32Array(1))),
      tried(() => crypto.getRandomValues(new Uint8Array(65_537)).length),
    ]),
  base64: () => [btoa("\x00ÿa"), atob("AP9h") === "\x00ÿa", btoa(""), atob(" YQ ")],
};

export default {
  async fetch(req) {
    const name = new URL(req.url).pathname.slice(1);
    if (name === "") return new Response(Object.keys(answers).join(" "));
    return Response.json(await answers[name]());
  },
};
