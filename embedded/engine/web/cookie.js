import { tag } from "./define.js";

const NAME = /^[^\0-\x20\x7f()<>@,;:\\"/[\]?={}]+$/;
const SAME_SITE = { strict: "Strict", lax: "Lax", none: "None" };

/** Bun.Cookie: one cookie to set, with what its header says. */
export class Cookie {
  constructor(name, value, options = {}) {
    const given = typeof name === "object" && name !== null ? name : { ...options, name, value };
    if (!NAME.test(String(given.name))) {
      throw new TypeError("Invalid cookie name: contains invalid characters");
    }
    this.name = String(given.name);
    this.value = String(given.value ?? "");
    this.domain = given.domain ?? undefined;
    this.path = given.path ?? "/";
    this.expires = expiry(given.expires);
    this.maxAge = given.maxAge === undefined ? undefined : Number(given.maxAge);
    this.secure = Boolean(given.secure);
    this.httpOnly = Boolean(given.httpOnly);
    this.partitioned = Boolean(given.partitioned);
    this.sameSite = String(given.sameSite ?? "lax").toLowerCase();
    if (!SAME_SITE[this.sameSite]) {
      throw new TypeError("Invalid sameSite value. Must be 'strict', 'lax', or 'none'");
    }
    for (const part of ["domain", "path"]) {
      if (/[;\r\n]/.test(this[part] ?? "")) {
        throw new TypeError(`Invalid cookie ${part}: contains invalid characters`);
      }
    }
  }

  static from(name, value, options) {
    return new Cookie(name, value, options);
  }

  /** Reads a `Set-Cookie` header. */
  static parse(header) {
    const [pair, ...attributes] = String(header).split(";");
    const [name, value] = split(pair);
    const options = {};
    for (const attribute of attributes) {
      const [key, text] = split(attribute);
      const field = FIELDS[key.toLowerCase()];
      if (field) options[field] = text || true;
    }
    return new Cookie(name, decodeCookie(value), options);
  }

  isExpired() {
    if (this.maxAge !== undefined) return this.maxAge <= 0;
    return this.expires !== undefined && this.expires.getTime() <= Date.now();
  }

  serialize() {
    const parts = [`${this.name}=${encodeURIComponent(this.value.toWellFormed())}`];
    if (this.domain) parts.push(`Domain=${this.domain}`);
    if (this.path) parts.push(`Path=${this.path}`);
    if (this.expires) parts.push(`Expires=${this.expires.toUTCString()}`);
    if (this.maxAge !== undefined) parts.push(`Max-Age=${this.maxAge}`);
    if (this.secure) parts.push("Secure");
    if (this.httpOnly) parts.push("HttpOnly");
    if (this.partitioned) parts.push("Partitioned");
    parts.push(`SameSite=${SAME_SITE[this.sameSite]}`);
    return parts.join("; ");
  }
  toString() {
    return this.serialize();
  }
  toJSON() {
    const { name, value, domain, path, expires, maxAge, secure, sameSite } = this;
    const all = { name, value, domain, path, expires, maxAge, secure, sameSite };
    return { ...all, httpOnly: this.httpOnly, partitioned: this.partitioned };
  }
}

tag(Cookie, "Cookie");

const FIELDS = {
  domain: "domain",
  path: "path",
  expires: "expires",
  "max-age": "maxAge",
  secure: "secure",
  httponly: "httpOnly",
  partitioned: "partitioned",
  samesite: "sameSite",
};

/** A name and a value around the first `=`. */
export function split(text) {
  const equals = text.indexOf("=");
  if (equals < 0) return [text.trim(), ""];
  return [text.slice(0, equals).trim(), text.slice(equals + 1).trim()];
}

/** A value as browsers send it back: perhaps percent-encoded; quotes stay, as in Bun. */
export function decodeCookie(value) {
  try {
    return decodeURIComponent(value);
  } catch {
    return value;
  }
}

/** A date, its text, or seconds since 1970. */
function expiry(expires) {
  if (expires === undefined || expires === null) return undefined;
  const date = typeof expires === "number" ? new Date(expires * 1000) : new Date(expires);
  if (Number.isNaN(date.getTime())) throw new TypeError("Invalid cookie expiration date");
  return date;
}
