import { shown, tag } from "./define.js";

const NAME = /^[!#$%&'*+\-.^_`|~0-9A-Za-z]+$/;
const BAD_VALUE = /[\0\r\n]|[^\0-\xff]/;
/** A value that is bad, or has blanks at an end: one look at each value is enough for most. */
const CAREFUL = /^[\t ]|[\t ]$|[\0\r\n]|[^\0-\xff]/;
const COOKIES = "set-cookie";

/** Headers from names and values that the gateway has checked already. */
export let headersFrom;
/** Names and values as they go on the wire: unsorted, each `Set-Cookie` by itself. */
export let headerList;

/** Sets the content type that a body brings along, unless there is one. */
export let defaultType;

/** https://fetch.spec.whatwg.org/#headers-class, without guards. */
export class Headers {
  /** Lower-case name to value; `set-cookie` to an array of them. */
  #fields = new Map();

  constructor(init) {
    if (init === undefined || init === null) return;
    if (typeof init !== "object") throw new TypeError("Headers are made from an object or pairs");
    if (init instanceof Headers) {
      for (const [name, value] of init.#fields) {
        this.#fields.set(name, Array.isArray(value) ? [...value] : value);
      }
    } else if (typeof init[Symbol.iterator] === "function") {
      for (const pair of init) {
        const [name, value, ...more] = pair;
        if (value === undefined || more.length > 0) {
          throw new TypeError("Each pair of Headers must have a name and a value");
        }
        this.append(name, value);
      }
    } else {
      for (const name of Object.keys(init)) this.append(name, init[name]);
    }
  }

  append(name, value) {
    if (arguments.length < 2) throw new TypeError("Headers.append takes a name and a value");
    this.#add(checkedName(name), checkedValue(name, value));
  }
  set(name, value) {
    if (arguments.length < 2) throw new TypeError("Headers.set takes a name and a value");
    const field = checkedName(name);
    const checked = checkedValue(name, value);
    this.#fields.set(field, field === COOKIES ? [checked] : checked);
  }
  get(name) {
    const value = this.#fields.get(checkedName(name)) ?? null;
    return Array.isArray(value) ? value.join(", ") : value;
  }
  has(name) {
    return this.#fields.has(checkedName(name));
  }
  delete(name) {
    this.#fields.delete(checkedName(name));
  }
  getSetCookie() {
    return [...(this.#fields.get(COOKIES) ?? [])];
  }

  forEach(callback, self) {
    for (const [name, value] of this) callback.call(self, value, name, this);
  }
  *entries() {
    yield* this.#list().sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0));
  }
  *keys() {
    for (const [name] of this.entries()) yield name;
  }
  *values() {
    for (const [, value] of this.entries()) yield value;
  }
  [Symbol.iterator]() {
    return this.entries();
  }

  [shown]() {
    return new Map(Object.entries(this.toJSON()));
  }
  /** As Bun has them. */
  get count() {
    return this.#list().length;
  }
  toJSON() {
    const sorted = [...this.#fields].sort(([a], [b]) => (a < b ? -1 : 1));
    return Object.fromEntries(sorted);
  }

  #add(field, value) {
    const known = this.#fields.get(field);
    if (field === COOKIES) {
      if (known) known.push(value);
      else this.#fields.set(field, [value]);
    } else {
      const joint = field === "cookie" ? "; " : ", ";
      this.#fields.set(field, known === undefined ? value : known + joint + value);
    }
  }

  #list() {
    const list = [];
    for (const [name, value] of this.#fields) {
      if (Array.isArray(value)) for (const one of value) list.push([name, one]);
      else list.push([name, value]);
    }
    return list;
  }

  static {
    headersFrom = (list) => {
      const headers = new Headers();
      for (const [name, value] of list) headers.#add(name.toLowerCase(), value);
      return headers;
    };
    defaultType = (headers, type) => {
      if (type && !headers.#fields.has("content-type")) headers.#fields.set("content-type", type);
    };
    headerList = (headers) => headers.#list();
  }
}

tag(Headers, "Headers");

/** Names seen before, to their lower-case form: pages use few, and use them at every request. */
const known = new Map();
const MOST_KNOWN = 256;

function checkedName(name) {
  const seen = known.get(name);
  if (seen !== undefined) return seen;
  const text = String(name);
  if (!NAME.test(text)) throw new TypeError(`Invalid header name: '${text}'`);
  const lower = text.toLowerCase();
  if (known.size < MOST_KNOWN && text.length < 64) known.set(text, lower);
  return lower;
}

function checkedValue(name, value) {
  let text = String(value);
  if (!CAREFUL.test(text)) return text;
  text = text.replace(/^[\t\n\r ]+/, "").replace(/[\t\n\r ]+$/, "");
  if (BAD_VALUE.test(text)) throw new TypeError(`Header '${name}' has invalid value`);
  return text;
}
