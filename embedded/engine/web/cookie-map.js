import { Cookie, decodeCookie, split } from "./cookie.js";
import { shown, tag } from "./define.js";
import { SafeMap } from "./safe.js";

/** Bun.CookieMap: what came in `Cookie`, and the changes that go out as `Set-Cookie`. */
export class CookieMap {
  /** Names and values in their order; a name may come twice. */
  #sent = [];
  /** Name to the Cookie set, or to the one that deletes it. */
  #changes = new SafeMap();

  constructor(init = "") {
    if (typeof init === "string") {
      for (const pair of init.split(";")) {
        if (!pair.includes("=")) continue;
        const [name, value] = split(pair);
        this.#sent.push([name, decodeCookie(value)]);
      }
      return;
    }
    const pairs = typeof init[Symbol.iterator] === "function" ? init : Object.entries(init);
    for (const [name, value] of pairs) this.#sent.push([String(name), String(value)]);
  }

  get size() {
    return [...this.entries()].length;
  }

  get(name) {
    const change = this.#changes.get(String(name));
    if (change) return change.deleted ? null : change.cookie.value;
    return this.#sent.find(([known]) => known === String(name))?.[1] ?? null;
  }
  has(name) {
    return this.get(name) !== null;
  }
  set(name, value, options) {
    const cookie = name instanceof Cookie ? name : new Cookie(name, value, options);
    this.#changes.set(cookie.name, { cookie, deleted: false });
  }
  delete(name, options) {
    const given = typeof name === "object" && name !== null ? name : { ...options, name };
    const { domain, path, secure, httpOnly, partitioned, sameSite } = given;
    const kept = { domain, path, secure, httpOnly, partitioned, sameSite };
    const cookie = new Cookie(given.name, "", { ...kept, expires: new Date(0) });
    this.#changes.set(cookie.name, { cookie, deleted: true });
  }

  toSetCookieHeaders() {
    return Array.from(this.#changes.values(), ({ cookie }) => cookie.serialize());
  }
  toJSON() {
    // The first of a name counts, as for `get`.
    const object = {};
    for (const [name, value] of this) if (!Object.hasOwn(object, name)) object[name] = value;
    return object;
  }

  [shown]() {
    return new Map(this);
  }
  forEach(callback, self) {
    for (const [name, value] of this) callback.call(self, value, name, this);
  }
  *entries() {
    for (const [name, { cookie, deleted }] of this.#changes) {
      if (!deleted) yield [name, cookie.value];
    }
    for (const [name, value] of this.#sent) {
      if (!this.#changes.has(name)) yield [name, value];
    }
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
}

tag(CookieMap, "CookieMap");
