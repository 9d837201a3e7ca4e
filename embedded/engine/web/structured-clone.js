import { Blob, File } from "./blob.js";
import { isBuffer } from "./bytes.js";
import { DOMException } from "./dom-exception.js";

const ERRORS = { Error, EvalError, RangeError, ReferenceError, SyntaxError, TypeError, URIError };

/** https://html.spec.whatwg.org/#dom-structuredclone */
export function structuredClone(value, { transfer = [] } = {}) {
  if (arguments.length === 0) throw new TypeError("structuredClone needs a value");
  const copies = new Map();
  for (const buffer of transfer) {
    if (!(buffer instanceof ArrayBuffer)) throw refuse("This cannot be transferred");
    copies.set(buffer, buffer.transfer());
  }
  return copy(value, copies);
}

const refuse = (message) => new DOMException(message, "DataCloneError");

function copy(value, copies) {
  if (typeof value === "symbol") throw refuse(`${String(value)} could not be cloned`);
  if (typeof value === "function") {
    throw refuse(`The function ${value.name || "(anonymous)"} could not be cloned`);
  }
  if (typeof value !== "object" || value === null) return value;
  if (copies.has(value)) return copies.get(value);
  const [twin, fill] = shell(value, copies);
  copies.set(value, twin);
  fill?.();
  return twin;
}

/** An empty twin, and what fills it once it is known, so that cycles end. */
function shell(value, copies) {
  const inner = (part) => copy(part, copies);
  if (Array.isArray(value)) {
    const twin = new Array(value.length);
    return [twin, () => copyProperties(value, twin, inner)];
  }
  if (value instanceof Map) {
    const twin = new Map();
    return [twin, () => [...value].forEach(([key, item]) => twin.set(inner(key), inner(item)))];
  }
  if (value instanceof Set) {
    const twin = new Set();
    return [twin, () => [...value].forEach((item) => twin.add(inner(item)))];
  }
  if (value instanceof Error) return errorShell(value, inner);
  const whole = wholeCopy(value, inner);
  if (whole) return [whole];
  const twin = {};
  return [twin, () => copyProperties(value, twin, inner)];
}

function copyProperties(from, to, inner) {
  for (const key of Object.keys(from)) {
    const property = { value: inner(from[key]), writable: true, enumerable: true };
    Object.defineProperty(to, key, { ...property, configurable: true });
  }
}

function errorShell(error, inner) {
  const Class = Object.hasOwn(ERRORS, error.name) ? ERRORS[error.name] : Error;
  const twin =
    error instanceof DOMException
      ? new DOMException(error.message, error.name)
      : new Class(error.message);
  const hide = (name, value) =>
    Object.defineProperty(twin, name, { value, writable: true, configurable: true });
  hide("stack", error.stack);
  return [twin, () => Object.hasOwn(error, "cause") && hide("cause", inner(error.cause))];
}

/** Copies of what holds no other values but a buffer; null for a plain object. */
function wholeCopy(value, inner) {
  if (value instanceof Date) return new Date(value.getTime());
  if (value instanceof RegExp) return new RegExp(value.source, value.flags);
  if (isBuffer(value)) return value.slice(0);
  if (value instanceof DataView) {
    return new DataView(inner(value.buffer), value.byteOffset, value.byteLength);
  }
  if (ArrayBuffer.isView(value)) {
    return new value.constructor(inner(value.buffer), value.byteOffset, value.length);
  }
  if (value instanceof File) return new File([value], value.name, value);
  if (value instanceof Blob) return value.slice(0, value.size, value.type);
  if ([Boolean, Number, String, BigInt].some((Class) => value instanceof Class)) {
    return Object(value.valueOf());
  }
  if ([Promise, WeakMap, WeakSet, WeakRef].some((Class) => value instanceof Class)) {
    throw refuse(`A ${value.constructor.name} could not be cloned`);
  }
  return null;
}
