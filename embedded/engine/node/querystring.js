// node:querystring

import { Buffer } from "../internals.js";

const KEPT = /[^\w!'()*.~-]/;

export const unescapeBuffer = (text) => Buffer.from(unescape(text), "latin1");

export function escape(value) {
  const text = typeof value === "object" ? String(value) : `${value}`;
  if (!KEPT.test(text)) return text;
  if (!text.isWellFormed()) {
    throw Object.assign(new URIError("URI malformed"), { code: "ERR_INVALID_URI" });
  }
  return encodeURIComponent(text);
}

/** Percent signs that mean nothing stay as they are. */
export function unescape(text) {
  try {
    return decodeURIComponent(text);
  } catch {
    const bytes = String(text).replace(/%([\da-f]{2})|[^]/gi, (whole, hex) =>
      hex ? String.fromCharCode(parseInt(hex, 16)) : String.fromCharCode(...Buffer.from(whole)),
    );
    return Buffer.from(bytes, "latin1").toString();
  }
}

const primitive = (value) => {
  if (typeof value === "string") return value;
  if (typeof value === "number") return Number.isFinite(value) ? `${value}` : "";
  return typeof value === "bigint" || typeof value === "boolean" ? `${value}` : "";
};

export function stringify(fields, separator, equals, options) {
  if (fields === null || typeof fields !== "object") return "";
  const [between, is] = [separator || "&", equals || "="];
  const encode = options?.encodeURIComponent ?? querystring.escape;
  const pair = (name, value) => `${encode(name)}${is}${encode(primitive(value))}`;
  return Object.entries(fields)
    .flatMap(([name, value]) =>
      Array.isArray(value) ? value.map((each) => pair(name, each)) : [pair(name, value)],
    )
    .join(between);
}

export function parse(text, separator, equals, options) {
  const fields = Object.create(null);
  if (typeof text !== "string" || text === "") return fields;
  const is = equals || "=";
  const decode = options?.decodeURIComponent ?? querystring.unescape;
  const most = options?.maxKeys ?? 1000;
  let pairs = text.split(separator || "&").filter((pair) => pair !== "");
  if (most > 0) pairs = pairs.slice(0, most);
  for (const pair of pairs) {
    const at = pair.indexOf(is);
    const parts = at < 0 ? [pair, ""] : [pair.slice(0, at), pair.slice(at + is.length)];
    const [name, value] = parts.map((part) => decode(part.replaceAll("+", " ")));
    if (!Object.hasOwn(fields, name)) fields[name] = value;
    else if (Array.isArray(fields[name])) fields[name].push(value);
    else fields[name] = [fields[name], value];
  }
  return fields;
}

export { parse as decode, stringify as encode };

/** Code may put an `escape` of its own in. */
const querystring = {
  ...{ escape, unescape, unescapeBuffer, parse, stringify },
  ...{ decode: parse, encode: stringify },
};
export default querystring;
