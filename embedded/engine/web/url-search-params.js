import { shown, tag } from "./define.js";
import { wellFormed } from "./host.js";
import { parseUrlencoded, serializeUrlencoded } from "./urlencoded.js";

/** Makes the parameters of a URL, which hears of each change. */
export let paramsOf;
/** Replaces all pairs when the URL's query was set. */
export let resetParams;

const usv = (value) => wellFormed(String(value));

/** https://url.spec.whatwg.org/#interface-urlsearchparams */
export class URLSearchParams {
  #pairs;
  #changed = null;

  constructor(init = "") {
    this.#pairs = pairsFrom(init);
  }

  get size() {
    return this.#pairs.length;
  }

  append(name, value) {
    this.#pairs.push([usv(name), usv(value)]);
    this.#changed?.();
  }
  delete(name, value) {
    this.#pairs = this.#pairs.filter((pair) => !matches(pair, name, value));
    this.#changed?.();
  }
  get(name) {
    return this.#pairs.find((pair) => pair[0] === String(name))?.[1] ?? null;
  }
  getAll(name) {
    return this.#pairs.filter((pair) => pair[0] === String(name)).map((pair) => pair[1]);
  }
  has(name, value) {
    return this.#pairs.some((pair) => matches(pair, name, value));
  }
  set(name, value) {
    const wanted = usv(name);
    const first = this.#pairs.find((pair) => pair[0] === wanted);
    if (!first) return this.append(name, value);
    first[1] = usv(value);
    this.#pairs = this.#pairs.filter((pair) => pair === first || pair[0] !== wanted);
    this.#changed?.();
  }
  sort() {
    this.#pairs.sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0));
    this.#changed?.();
  }

  forEach(callback, self) {
    for (const [name, value] of this) callback.call(self, value, name, this);
  }
  *entries() {
    for (let at = 0; at < this.#pairs.length; at++) yield [...this.#pairs[at]];
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

  toString() {
    return serializeUrlencoded(this.#pairs);
  }
  /** As Bun has it: repeated names become arrays. */
  toJSON() {
    const names = new Set(this.keys());
    const one = (values) => (values.length === 1 ? values[0] : values);
    return Object.fromEntries([...names].map((name) => [name, one(this.getAll(name))]));
  }

  [shown]() {
    return new Map(Object.entries(this.toJSON()));
  }

  static {
    paramsOf = (query, changed) => {
      const params = new URLSearchParams(query);
      params.#changed = () => changed(params.toString());
      return params;
    };
    resetParams = (params, query) => {
      params.#pairs = pairsFrom(query);
    };
  }
}

tag(URLSearchParams, "URLSearchParams");

const matches = (pair, name, value) =>
  pair[0] === String(name) && (value === undefined || pair[1] === String(value));

function pairsFrom(init) {
  if (typeof init !== "object" || init === null) {
    return parseUrlencoded(usv(init).replace(/^\?/, ""));
  }
  if (typeof init[Symbol.iterator] !== "function") {
    return Object.entries(init).map(([name, value]) => [usv(name), usv(value)]);
  }
  return Array.from(init, (pair) => {
    const [name, value, ...more] = pair;
    if (value === undefined || more.length > 0) {
      throw new TypeError("Each pair of URLSearchParams must have a name and a value");
    }
    return [usv(name), usv(value)];
  });
}
