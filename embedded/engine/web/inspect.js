// Values as text for the console: JavaScript as one would write it, in few lines, of bounded size.

import { proxyTarget } from "./host.js";
import { shown } from "./define.js";
import { inspectError } from "./inspect-error.js";
import { block, list } from "./inspect-layout.js";

const custom = Symbol.for("nodejs.util.inspect.custom");
const DEPTH = 2;
const MOST_ITEMS = 100;
const LONGEST_STRING = 10_000;
/** Characters in all, about; what comes after is left out. */
const LONGEST = 16_384;

/** A value as the console shows it inside another. */
export function inspect(value, { depth = DEPTH } = {}) {
  return show(value, { depth: depth ?? Infinity, path: [], left: LONGEST });
}

inspect.custom = custom;

function show(value, state) {
  if (state.left <= 0) return "…";
  const text = typeof value === "string" ? quoted(value) : showOther(value, state);
  state.left -= text.length;
  return text;
}

/** Cut first, so that a huge string is not copied whole. */
function quoted(text) {
  if (text.length <= LONGEST_STRING) return JSON.stringify(text);
  const rest = text.length - LONGEST_STRING;
  return `${JSON.stringify(text.slice(0, LONGEST_STRING))}… ${rest} more characters`;
}

/** What a proxy stands before is shown, and none of its traps runs: looking must not change anything. */
function showOther(value, state) {
  const target = proxyTarget(value);
  if (target === null) return "<Revoked Proxy>";
  if (target !== undefined) return show(target, state);
  if (typeof value === "function") return showFunction(value, state);
  if (typeof value === "object" && value !== null) return showObject(value, state);
  if (typeof value === "bigint") return `${value}n`;
  return Object.is(value, -0) ? "-0" : String(value);
}

function showFunction(value, state) {
  const source = Function.prototype.toString.call(value);
  const kind = source.startsWith("class") ? "class" : "Function";
  const name = typeof value.name === "string" && value.name ? value.name : "(anonymous)";
  const parent = kind === "class" && Object.getPrototypeOf(value).name;
  const title =
    kind === "class"
      ? `[class ${name}${parent ? ` extends ${parent}` : ""}]`
      : `[Function: ${name}]`;
  const own = properties(value, state);
  return own.length > 0 ? block(`${title} `, own) : title;
}

function showObject(value, state) {
  if (state.path.includes(value)) return "[Circular]";
  const own = value[custom];
  if (typeof own === "function" && own !== inspect) return showItsWay(value, own, state);
  const title = titleOf(value);
  const deep = state.path.length > state.depth;
  if (deep && !(value instanceof Date || value instanceof RegExp || value instanceof Error)) {
    return `[${Array.isArray(value) ? "Array" : title || "Object"} ...]`;
  }
  state.path.push(value);
  try {
    return showKind(value, title, state);
  } finally {
    state.path.pop();
  }
}

function showKind(value, title, state) {
  if (Array.isArray(value)) {
    const prefix = title === "Array" ? "" : `${title}(${value.length}) `;
    // Listing the keys of a huge array would cost more than all the rest.
    const named = value.length > 10 * MOST_ITEMS ? [] : properties(value, state);
    return list(prefix, [...elements(value, state), ...named]);
  }
  if (value instanceof Error) return inspectError(value, (part) => show(part, state));
  if (value instanceof Date) return Number.isNaN(+value) ? "Invalid Date" : value.toISOString();
  if (value instanceof RegExp) return String(value);
  if (value instanceof Map) return block(`${title}(${value.size}) `, pairs(value, state));
  if (value instanceof Set) {
    return block(
      `${title}(${value.size}) `,
      some(take(value), (item) => show(item, state), value.size),
    );
  }
  if (ArrayBuffer.isView(value) && !(value instanceof DataView)) {
    return list(`${title}(${value.length}) `, elements(value, state));
  }
  if (value instanceof ArrayBuffer) return block(`${title} `, [`byteLength: ${value.byteLength}`]);
  if ([Boolean, Number, String, Symbol, BigInt].some((Class) => value instanceof Class)) {
    return `[${title}: ${show(value.valueOf(), state)}]`;
  }
  const parts = typeof value[shown] === "function" ? value[shown]() : value;
  const items = parts instanceof Map ? pairs(parts, state, ": ") : properties(parts, state);
  return block(title === "Object" ? "" : `${title} `, items);
}

/** As the object itself says; Buffers do, and whatever has a method of this name. */
function showItsWay(value, own, state) {
  state.path.push(value);
  try {
    const depth = state.depth - state.path.length + 1;
    const said = own.call(value, depth, { depth, stylize: String }, inspect);
    return typeof said === "string" ? said : show(said, state);
  } finally {
    state.path.pop();
  }
}

/** The name of an object's class. */
function titleOf(value) {
  const prototype = Object.getPrototypeOf(value);
  if (prototype === null) return "[Object: null prototype]";
  const name = prototype.constructor?.name;
  const tagged = Object.prototype.toString.call(value).slice(8, -1);
  return typeof name === "string" && name !== "" ? name : tagged;
}

const elements = (array, state) =>
  some(array, (item, at) => (at in array ? show(item, state) : "empty item"));

const pairs = (map, state, arrow = " => ") =>
  some(take(map), ([key, item]) => `${show(key, state)}${arrow}${show(item, state)}`, map.size);

/** The first items of a collection, so that a huge one is not copied. */
function take(collection) {
  const first = [];
  for (const item of collection) if (first.push(item) === MOST_ITEMS) break;
  return first;
}

function properties(value, state) {
  const isElement = Array.isArray(value) ? (key) => /^\d+$/.test(key) : () => false;
  const keys = Reflect.ownKeys(value).filter((key) => {
    const property = Object.getOwnPropertyDescriptor(value, key);
    return property?.enumerable && !(typeof key === "string" && isElement(key));
  });
  return some(keys, (key) => `${keyText(key)}: ${propertyText(value, key, state)}`);
}

function keyText(key) {
  if (typeof key === "symbol") return `[${String(key)}]`;
  return /^[\p{ID_Start}_$][\p{ID_Continue}$]*$/u.test(key) ? key : JSON.stringify(key);
}

/** Getters are not run: looking must not change anything. */
function propertyText(value, key, state) {
  const { get, set, value: held } = Object.getOwnPropertyDescriptor(value, key);
  if (get) return set ? "[Getter/Setter]" : "[Getter]";
  return set ? "[Setter]" : show(held, state);
}

/** The texts of the first of so many items, and how many more there are. */
function some(items, text, size = items.length) {
  const texts = Array.from({ length: Math.min(size, MOST_ITEMS) }, (_, at) => text(items[at], at));
  const rest = size - texts.length;
  if (rest > 0) texts.push(`... ${rest} more item${rest > 1 ? "s" : ""}`);
  return texts;
}
