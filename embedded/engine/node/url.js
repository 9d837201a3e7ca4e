// node:url: the standard's URL, and Node's older way to take one apart.

import { Bun, errors, URL, URLSearchParams } from "../internals.js";
import querystring from "./querystring.js";

export { URL, URLSearchParams };

export const fileURLToPath = (url) => {
  const given = typeof url === "string" ? new URL(url) : url;
  if (given?.protocol !== "file:") {
    throw errors.coded(TypeError, "ERR_INVALID_URL_SCHEME", "The URL must be of scheme file");
  }
  return Bun.fileURLToPath(given);
};
export const pathToFileURL = (path) => Bun.pathToFileURL(path);

const hostOf = (domain) => {
  try {
    return new URL(`ws://${domain}`).hostname;
  } catch {
    return "";
  }
};
export const domainToASCII = hostOf;

export function urlToHttpOptions(url) {
  const { protocol, hostname, hash, search, pathname, href, port, username, password } = url;
  const options = { __proto__: null, protocol, hostname, hash, search, pathname };
  options.path = `${pathname}${search}`;
  options.href = href;
  if (port !== "") options.port = Number(port);
  if (username || password) {
    options.auth = `${decodeURIComponent(username)}:${decodeURIComponent(password)}`;
  }
  return options;
}

/** Schemes whose addresses have a host without more being said. */
const SLASHED = /^(https?|ftp|gopher|file|wss?):$/;
const PARTS = /^([a-z][a-z\d.+-]*:)?(\/\/)?([^]*)$/i;

/** What `parse` gives; all that an address does not have is null. */
export class Url {
  protocol = null;
  slashes = null;
  auth = null;
  host = null;
  port = null;
  hostname = null;
  hash = null;
  search = null;
  query = null;
  pathname = null;
  path = null;
  href = null;

  parse(address, withQuery, withHost) {
    return Object.assign(this, parse(address, withQuery, withHost));
  }
  format() {
    return format(this);
  }
  resolve(to) {
    return resolve(this.format(), to);
  }
  resolveObject(to) {
    return parse(this.resolve(to));
  }
}

export function parse(address, withQuery = false, withHost = false) {
  if (address instanceof Url) return address;
  if (typeof address !== "string") throw errors.invalidType("url", "of type string", address);
  const url = new Url();
  let rest = address.trim().replace(/^[^?#]*/, (before) => before.replaceAll("\\", "/"));
  const [, protocol, slashes, behind] = PARTS.exec(rest);
  if (protocol) {
    url.protocol = protocol.toLowerCase();
    rest = slashes ? `//${behind}` : behind;
  }
  const hasSlashes = slashes && (protocol || withHost || /^\/\/[^@/]+@[^@/]+/.test(rest));
  if (hasSlashes) url.slashes = true;
  // `mailto:` and other schemes without slashes name a host as well.
  const isBare = !slashes && protocol && !SLASHED.test(url.protocol);
  if (url.protocol !== "javascript:" && (hasSlashes || isBare)) rest = takeHost(url, behind);
  takePath(url, rest, withQuery);
  url.href = format(url);
  return url;
}

function takeHost(url, text) {
  const end = text.search(/[/?#]/);
  let host = end < 0 ? text : text.slice(0, end);
  const at = host.lastIndexOf("@");
  if (at >= 0) {
    url.auth = querystring.unescape(host.slice(0, at));
    host = host.slice(at + 1);
  }
  const port = /:(\d*)$/.exec(host);
  if (port) {
    host = host.slice(0, port.index);
    if (port[1]) url.port = port[1];
  }
  const isIPv6 = /^\[.*\]$/.test(host);
  const ascii = isIPv6 || host === "" ? host : hostOf(host) || host.toLowerCase();
  url.hostname = isIPv6 ? host.slice(1, -1).toLowerCase() : ascii;
  url.host = ascii + (url.port ? `:${url.port}` : "");
  return end < 0 ? "" : text.slice(end);
}

/** Characters that Node escapes in what stands behind the host. */
const UNSAFE = /[\t\n\r "'<>\\^`{|}]/g;
const escaped = (mark) => `%${mark.charCodeAt(0).toString(16).toUpperCase().padStart(2, "0")}`;

function takePath(url, text, withQuery) {
  let rest = text.replace(UNSAFE, escaped);
  const hash = rest.indexOf("#");
  if (hash >= 0) {
    url.hash = rest.slice(hash);
    rest = rest.slice(0, hash);
  }
  const search = rest.indexOf("?");
  if (search >= 0) {
    url.search = rest.slice(search);
    url.query = url.search.slice(1);
    rest = rest.slice(0, search);
  }
  if (withQuery) url.query = querystring.parse(url.query ?? "");
  if (rest) url.pathname = rest;
  else if (SLASHED.test(url.protocol) && url.hostname) url.pathname = "/";
  if (url.pathname || url.search) url.path = (url.pathname ?? "") + (url.search ?? "");
}

/** The text of a URL, of what `parse` gave, or of parts in an object. */
export function format(parts, options) {
  if (typeof parts === "string") return parse(parts).href;
  if (parts instanceof URL) return formatted(parts, options);
  let { protocol, search, hash, pathname } = parts;
  if (protocol && !protocol.endsWith(":")) protocol += ":";
  let host = parts.host ?? "";
  if (!host && parts.hostname) {
    const { hostname } = parts;
    host = hostname.includes(":") && !hostname.startsWith("[") ? `[${hostname}]` : hostname;
    if (parts.port) host += `:${parts.port}`;
  }
  if (host && parts.auth) {
    host = `${encodeURIComponent(parts.auth).replace(/%3A/i, ":")}@${host}`;
  }
  const { query } = parts;
  if (!search && query !== null && typeof query === "object") {
    const text = String(new URLSearchParams(query));
    if (text) search = `?${text}`;
  }
  if (search && !search.startsWith("?")) search = `?${search}`;
  if (hash && !hash.startsWith("#")) hash = `#${hash}`;
  pathname = (pathname ?? "").replace(/[?#]/g, encodeURIComponent);
  const isSlashed = parts.slashes || (SLASHED.test(protocol ?? "") && host);
  if (isSlashed) {
    if (pathname && !pathname.startsWith("/")) pathname = `/${pathname}`;
    host = `//${host}`;
  }
  return `${protocol ?? ""}${host}${pathname}${(search ?? "").replaceAll("#", "%23")}${hash ?? ""}`;
}

function formatted(url, { auth = true, fragment = true, search = true } = {}) {
  const copy = new URL(url.href);
  if (!auth) [copy.username, copy.password] = ["", ""];
  if (!fragment) copy.hash = "";
  if (!search) copy.search = "";
  return copy.href;
}

/** Where a link on a page leads. */
export function resolve(from, to) {
  const base = "resolve:///";
  const url = new URL(to, new URL(from, base));
  if (url.protocol !== "resolve:") return url.href;
  const isAbsolute = from.startsWith("/") || to.startsWith("/");
  return url.href.slice(isAbsolute ? base.length - 1 : base.length);
}
export const resolveObject = (from, to) => parse(resolve(from, to));
