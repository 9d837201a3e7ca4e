import { constants, tag } from "./define.js";

// The order gives each name its legacy code, from 1; small letters are names that are no longer thrown
// and have a constant only.
const LEGACY = (
  "IndexSizeError domstring_size HierarchyRequestError WrongDocumentError InvalidCharacterError " +
  "no_data_allowed NoModificationAllowedError NotFoundError NotSupportedError inuse_attribute " +
  "InvalidStateError SyntaxError InvalidModificationError NamespaceError InvalidAccessError validation " +
  "TypeMismatchError SecurityError NetworkError AbortError URLMismatchError " +
  "QuotaExceededError TimeoutError InvalidNodeTypeError DataCloneError"
).split(" ");

/** https://webidl.spec.whatwg.org/#idl-DOMException */
export class DOMException extends Error {
  #name;

  constructor(message = "", options = "Error") {
    const named = typeof options === "object" && options !== null;
    super(String(message), named && "cause" in options ? { cause: options.cause } : undefined);
    this.#name = String(named ? (options.name ?? "Error") : options);
  }

  get name() {
    return this.#name;
  }

  get code() {
    return this.#name.endsWith("Error") ? LEGACY.indexOf(this.#name) + 1 : 0;
  }
}

tag(DOMException, "DOMException");
constants(
  DOMException,
  Object.fromEntries(LEGACY.map((name, index) => [constantName(name), index + 1])),
);

/** `NotFoundError` is `NOT_FOUND_ERR`. */
function constantName(name) {
  if (name === "URLMismatchError") return "URL_MISMATCH_ERR";
  if (!name.endsWith("Error")) return `${name.toUpperCase()}_ERR`;
  return `${name
    .slice(0, -5)
    .replace(/(?<=[a-z])(?=[A-Z])/g, "_")
    .toUpperCase()}_ERR`;
}
