// Headers are fields: one flat list of names, in lower case, and values, in turn. Each name is there
// once, but for `set-cookie`. A message has few of them, so looking through the list costs less than
// making a Map of it would, and the list goes over the wire as it is.

import { shown, tag } from "./define.js";
import { SafeMap, SafeSet } from "./safe.js";

const NAME = /^[!#$%&'*+\-.^_`|~0-9A-Za-z]+$/;
const BAD_VALUE = /[\0\r\n\u0100-\uffff]/;
const COOKIES = "set-cookie";

/** Names seen before, to their lower-case form: pages use few, and use them at every request. */
const known = new SafeMap();
/** Values seen before that can go out as they are, for the same reason. */
const fine = new SafeSet();
const MOST_KNOWN = 256;
const LONGEST_KNOWN = 64;

const OVER = Symbol("over fields");

/** Headers over such a list; both are the same from then on. */
export const headersOver = (fields) => new Headers(OVER, fields);
let fieldsUnder;

/** A list of its own of what Headers can be made from. */
export function fieldsOf(init) {
  if (init === undefined || init === null) return [];
  if (typeof init !== "object") throw new TypeError("Headers are made from an object or pairs");
  const fields = [];
  if (typeof init[Symbol.iterator] === "function") {
    if (init instanceof Headers) return fieldsUnder(init).slice();
    for (const pair of init) {
      const [name, value, ...more] = pair;
      if (value === undefined || more.length > 0) {
        throw new TypeError("Each pair of Headers must have a name and a value");
      }
      append(fields, name, value);
    }
  } else {
    const names = Object.keys(init);
    for (let at = 0; at < names.length; at++) append(fields, names[at], init[names[at]]);
  }
  return fields;
}

/** The value of a field by its name in lower case; undefined without one. */
export function fieldValue(fields, name) {
  const at = placeOf(fields, name);
  return at < 0 ? undefined : fields[at + 1];
}

/** The same list without those of one name. */
export const fieldsWithout = (fields, name) =>
  fields.filter((_, at) => fields[at - (at % 2)] !== name);

/** Sets the content type that a body brings along, unless there is one. */
export function defaultType(fields, type) {
  if (placeOf(fields, "content-type") < 0) fields.push("content-type", type);
}

function placeOf(fields, name) {
  for (let at = 0; at < fields.length; at += 2) if (fields[at] === name) return at;
  return -1;
}

function append(fields, name, value) {
  const field = known.get(name) ?? checkedName(name);
  const checked = fine.has(value) ? value : checkedValue(name, value);
  const at = field === COOKIES ? -1 : placeOf(fields, field);
  if (at < 0) fields.push(field, checked);
  else fields[at + 1] += (field === "cookie" ? "; " : ", ") + checked;
}

function remove(fields, name, from = 0) {
  for (let at = fields.length - 2; at >= from; at -= 2) {
    if (fields[at] === name) fields.splice(at, 2);
  }
}

/** https://fetch.spec.whatwg.org/#headers-class, without guards. */
export class Headers {
  #fields;

  constructor(init, fields = []) {
    this.#fields = init === OVER ? fields : fieldsOf(init);
  }

  append(name, value) {
    if (arguments.length < 2) throw new TypeError("Headers.append takes a name and a value");
    append(this.#fields, name, value);
  }
  set(name, value) {
    if (arguments.length < 2) throw new TypeError("Headers.set takes a name and a value");
    const field = checkedName(name);
    const checked = checkedValue(name, value);
    const at = placeOf(this.#fields, field);
    if (at < 0) return void this.#fields.push(field, checked);
    this.#fields[at + 1] = checked;
    if (field === COOKIES) remove(this.#fields, field, at + 2);
  }
  get(name) {
    const field = known.get(name) ?? checkedName(name);
    const at = placeOf(this.#fields, field);
    if (at < 0) return null;
    return field === COOKIES ? this.getSetCookie().join(", ") : this.#fields[at + 1];
  }
  has(name) {
    return placeOf(this.#fields, checkedName(name)) >= 0;
  }
  delete(name) {
    remove(this.#fields, checkedName(name));
  }
  getSetCookie() {
    return this.#pairs()
      .filter(([name]) => name === COOKIES)
      .map(([, value]) => value);
  }

  /** Bun's, for the only field that may come more than once. */
  getAll(name) {
    if (arguments.length === 0) throw new TypeError("Missing argument");
    if (checkedName(name) !== COOKIES) throw new TypeError('Only "set-cookie" is supported.');
    return this.getSetCookie();
  }

  forEach(callback, self) {
    for (const [name, value] of this) callback.call(self, value, name, this);
  }
  *entries() {
    yield* this.#pairs().sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0));
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
    return this.#fields.length / 2;
  }
  toJSON() {
    const cookies = this.getSetCookie();
    const value = (name, value) => (name === COOKIES ? cookies : value);
    return Object.fromEntries([...this].map(([name, each]) => [name, value(name, each)]));
  }

  #pairs() {
    const pairs = [];
    for (let at = 0; at < this.#fields.length; at += 2) {
      pairs.push([this.#fields[at], this.#fields[at + 1]]);
    }
    return pairs;
  }

  static {
    fieldsUnder = (headers) => headers.#fields;
  }
}

tag(Headers, "Headers");

function checkedName(name) {
  const seen = known.get(name);
  if (seen !== undefined) return seen;
  const text = String(name);
  if (!NAME.test(text)) throw new TypeError(`Invalid header name: '${text}'`);
  const lower = text.toLowerCase();
  if (known.size < MOST_KNOWN && text.length < LONGEST_KNOWN) known.set(text, lower);
  return lower;
}

function checkedValue(name, value) {
  let text = String(value);
  // `trim` takes more than a header's blanks, so where it finds nothing there are none of them.
  if (text.trim() !== text) text = text.replace(/^[\t\n\r ]+/, "").replace(/[\t\n\r ]+$/, "");
  if (BAD_VALUE.test(text)) throw new TypeError(`Header '${name}' has invalid value`);
  if (text === value && fine.size < MOST_KNOWN && text.length < LONGEST_KNOWN) fine.add(text);
  return text;
}
