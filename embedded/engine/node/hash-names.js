/** The hashes of a sandbox by Node's names, and what the engine calls them. */
const ENGINE_NAMES = {
  md5: "MD5",
  sha1: "SHA-1",
  sha224: "SHA-224",
  sha256: "SHA-256",
  sha384: "SHA-384",
  sha512: "SHA-512",
  "sha512-224": "SHA-512/224",
  "sha512-256": "SHA-512/256",
};

export const NAMES = Object.keys(ENGINE_NAMES);

/** `SHA-256`, `sha256` and `RSA-SHA256` are the same; nothing for a name that is unknown. */
export function hashName(name) {
  const plain = name
    .toLowerCase()
    .replace(/^rsa-/, "")
    .replace(/^sha-(?=\d)/, "sha")
    .replace("/", "-");
  if (Object.hasOwn(ENGINE_NAMES, plain)) return ENGINE_NAMES[plain];
  return NAMES.map((each) => ENGINE_NAMES[each]).find((each) => each === name);
}
