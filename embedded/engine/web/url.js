import { parseUrl, setUrl, wellFormed } from "./host.js";
import { shown, tag } from "./define.js";
import { DOMException } from "./dom-exception.js";
import { paramsOf, resetParams } from "./url-search-params.js";

const optional = (base) => (base === undefined ? undefined : String(base));

/** https://url.spec.whatwg.org/#url-class; the parsing is the engine's. */
export class URL {
  #parts;
  #params = null;

  constructor(input, base) {
    if (arguments.length === 0) throw new TypeError("A URL needs an address");
    this.#parts = parseUrl(String(input), optional(base));
    if (!this.#parts) {
      const error = new TypeError(`Invalid URL "${input}"`);
      throw Object.assign(error, { code: "ERR_INVALID_URL", input: String(input) });
    }
  }

  static canParse(input, base) {
    return Boolean(parseUrl(String(input), optional(base)));
  }
  static parse(input, base) {
    return URL.canParse(input, base) ? new URL(input, base) : null;
  }
  static createObjectURL() {
    throw new DOMException("Object URLs need a page; there is none here", "NotSupportedError");
  }
  static revokeObjectURL() {}

  get origin() {
    return this.#parts.origin;
  }
  get searchParams() {
    this.#params ??= paramsOf(this.search, (query) => this.#set("search", query));
    return this.#params;
  }
  toString() {
    return this.href;
  }
  toJSON() {
    return this.href;
  }

  [shown]() {
    const { href, origin, pathname, search, hash } = this;
    return { href, origin, pathname, search, hash };
  }

  get href() {
    return this.#parts.href;
  }
  set href(value) {
    this.#parts = new URL(value).#parts;
    this.#queryChanged();
  }

  #set(part, value) {
    this.#parts = setUrl(this.href, part, wellFormed(String(value)));
  }
  #queryChanged() {
    if (this.#params) resetParams(this.#params, this.search);
  }

  static {
    const parts = "protocol username password host hostname port pathname search hash";
    for (const part of parts.split(" ")) {
      Object.defineProperty(this.prototype, part, {
        get() {
          return this.#parts[part];
        },
        set(value) {
          this.#set(part, value);
          if (part === "search") this.#queryChanged();
        },
        enumerable: true,
        configurable: true,
      });
    }
  }
}

tag(URL, "URL");
