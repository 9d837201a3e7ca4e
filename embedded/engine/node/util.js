// node:util. Values are shown by the package “node-inspect-extracted”, which is Node's own code for it.

import {
  format,
  formatWithOptions,
  inspect,
  stripVTControlCharacters,
} from "node-inspect-extracted";
import { Buffer, errors, log, process } from "../internals.js";
import { isDeepEqual } from "./deep-equal.js";
import { parseArgs } from "./parse-args.js";
import * as types from "./util-types.js";

export { format, formatWithOptions, inspect, stripVTControlCharacters, parseArgs, types };
export { TextDecoder, TextEncoder } from "../internals.js";

const { invalidType } = errors;
const custom = Symbol.for("nodejs.util.promisify.custom");

export const isDeepStrictEqual = (a, b) => isDeepEqual(a, b, true);
export const toUSVString = (text) => String(text).toWellFormed();
export const isArray = Array.isArray;

/** A function that takes a callback as one that gives a promise. */
export function promisify(original) {
  needFunction("original", original);
  const own = original[custom];
  if (own)
    return Object.defineProperty(needFunction("util.promisify.custom", own), custom, {
      value: own,
    });
  function promised(...values) {
    return new Promise((resolve, reject) => {
      const done = (error, value) => (error ? reject(error) : resolve(value));
      Promise.resolve(original.call(this, ...values, done)).catch(reject);
    });
  }
  Object.setPrototypeOf(promised, Object.getPrototypeOf(original));
  return Object.defineProperties(promised, Object.getOwnPropertyDescriptors(original));
}
promisify.custom = custom;

/** The other way: a function that gives a promise as one that takes a callback. */
export function callbackify(original) {
  needFunction("original", original);
  return function (...values) {
    const done = needFunction("last argument", values.pop());
    original.apply(this, values).then(
      (value) => process.nextTick(done, null, value),
      (error) => process.nextTick(done, error || falsy(error)),
    );
  };
}

const falsy = (reason) =>
  Object.assign(
    errors.coded(Error, "ERR_FALSY_VALUE_REJECTION", "Promise was rejected with falsy value"),
    { reason },
  );

export function inherits(Class, Parent) {
  needFunction("ctor", Class);
  Object.defineProperty(Class, "super_", { value: Parent, writable: true, configurable: true });
  Object.setPrototypeOf(Class.prototype, Parent.prototype);
}

const warned = new Set();

/** The same function, which warns at its first call. */
export function deprecate(original, message, code) {
  let isNew = true;
  return function (...values) {
    if (isNew && !(code && warned.has(code))) {
      if (code) warned.add(code);
      log("warn", `${code ? `[${code}] ` : ""}DeprecationWarning: ${message}`);
    }
    isNew = false;
    return new.target
      ? Reflect.construct(original, values, new.target)
      : original.apply(this, values);
  };
}

/** Says nothing unless NODE_DEBUG names the section. */
export function debuglog(section) {
  const isOn = () =>
    (process.env.NODE_DEBUG ?? "").toLowerCase().split(",").includes(section.toLowerCase());
  const say = (...values) => {
    if (isOn()) log("error", `${section.toUpperCase()} ${process.pid}: ${format(...values)}`);
  };
  return Object.defineProperty(say, "enabled", { get: isOn });
}
export { debuglog as debug };

/** Text in the colours of a terminal, which the console leaves out. */
export function styleText(style, text, { validateStream = true, stream } = {}) {
  const styles = [style].flat();
  for (const name of styles) {
    if (name !== "none" && !inspect.colors[name]) {
      const known = Object.keys(inspect.colors).map((each) => `'${each}'`);
      throw errors.invalidValue("format", `must be one of: ${known.join(", ")}`, name);
    }
  }
  if (validateStream && stream && !stream.isTTY) return text;
  const codes = styles.filter((name) => name !== "none").map((name) => inspect.colors[name]);
  const open = codes.map(([code]) => `\x1b[${code}m`).join("");
  const close = codes.toReversed().map(([, code]) => `\x1b[${code}m`);
  return `${open}${text}${close.join("")}`;
}

/** The lines `NAME=value` of a text as an object, quotes and comments taken off. */
export function parseEnv(text) {
  if (typeof text !== "string") throw invalidType("content", "of type string", text);
  const LINE =
    /^\s*(?:export\s+)?([\w.-]+)\s*=[ \t]*("(?:\\.|[^"])*"|'[^']*'|`[^`]*`|[^\n#]*)?.*$/gm;
  const values = {};
  for (const [, name, raw = ""] of text.replaceAll("\r\n", "\n").matchAll(LINE)) {
    const value = raw.trim();
    const quote = /^(["'`])([^]*)\1$/.exec(value);
    const bare = quote ? quote[2] : value;
    values[name] = quote?.[1] === '"' ? bare.replaceAll("\\n", "\n") : bare;
  }
  return values;
}

/** A promise that is kept when the signal aborts. */
export function aborted(signal) {
  if (signal.aborted) return Promise.resolve();
  return new Promise((resolve) =>
    signal.addEventListener("abort", () => resolve(), { once: true }),
  );
}

export const isBoolean = (value) => typeof value === "boolean";
export const isNull = (value) => value === null;
export const isNullOrUndefined = (value) => value === null || value === undefined;
export const isNumber = (value) => typeof value === "number";
export const isString = (value) => typeof value === "string";
export const isSymbol = (value) => typeof value === "symbol";
export const isUndefined = (value) => value === undefined;
export const isFunction = (value) => typeof value === "function";
export const isObject = (value) => typeof value === "object" && value !== null;
export const isPrimitive = (value) => !isObject(value) && !isFunction(value);
export const { isDate, isRegExp, isNativeError: isError } = types;
export const isBuffer = (value) => Buffer.isBuffer(value);
export const _extend = (target, source) =>
  isObject(source) ? Object.assign(target, source) : target;
export { logLine as log };

function logLine(...values) {
  log("log", `${new Date().toTimeString().slice(0, 8)} - ${format(...values)}`);
}

function needFunction(name, value) {
  if (typeof value !== "function") throw invalidType(name, "of type function", value);
  return value;
}
