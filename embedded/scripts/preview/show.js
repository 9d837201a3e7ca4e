// A console's values as text, near to how a browser prints them.

const DEEP = 3;
const MANY = 30;
// Of a text inside a value.
const LONG = 10_000;

export function show(values) {
  const rest = [...values];
  let text = "";
  if (typeof rest[0] === "string" && /%[sdifoOc]/.test(rest[0]) && rest.length > 1) {
    text = rest.shift().replace(/%([sdifoOc%])/g, (all, kind) => {
      if (kind === "%") return "%";
      if (rest.length === 0) return all;
      const value = rest.shift();
      if (kind === "c") return "";
      return kind === "s" ? String(value) : kind === "d" ? `${Number(value)}` : one(value);
    });
  } else if (rest.length > 0) {
    text = top(rest.shift());
  }
  return [text, ...rest.map(top)].join(" ");
}

const top = (value) => (typeof value === "string" ? value : one(value));

function one(value, deep = 0, seen = new Set()) {
  try {
    if (typeof value === "string") return quoted(value);
    if (typeof value === "bigint") return `${value}n`;
    if (typeof value === "function") return `ƒ ${value.name || "anonymous"}()`;
    if (typeof value !== "object" || value === null) return String(value);
    if (value instanceof Error)
      return value.stack?.includes(value.message) ? value.stack : `${value}`;
    if (value instanceof Element) return value.cloneNode(false).outerHTML;
    if (value instanceof Event) return `${value.constructor.name} ${JSON.stringify(value.type)}`;
    if (value instanceof Date || value instanceof RegExp || value instanceof URL) return `${value}`;
    if (seen.has(value)) return "(circular)";
    return deep === DEEP ? "…" : inside(value, deep, new Set(seen).add(value));
  } catch {
    return "(not printable)";
  }
}

const quoted = (text) =>
  text.length <= LONG
    ? JSON.stringify(text)
    : `${JSON.stringify(text.slice(0, LONG))} … (${text.length - LONG} more characters)`;

// Only what is printed is looked at: a list may have no end.
function inside(value, deep, seen) {
  const part = (inner) => one(inner, deep + 1, seen);
  const name = value.constructor?.name ?? "";
  const list = (items, size, print, open, close) => {
    const first = firstOf(items);
    const rest = Number.isFinite(size) ? size - MANY : "";
    const more = first.length > MANY ? [`… ${rest} more`.replace("  ", " ")] : [];
    return `${open}${[...first.slice(0, MANY).map(print), ...more].join(", ")}${close}`;
  };
  if (Array.isArray(value)) return list(value, value.length, part, "[", "]");
  if (value instanceof Map) {
    const pair = ([key, inner]) => `${part(key)} → ${part(inner)}`;
    return list(value, value.size, pair, "Map {", "}");
  }
  if (value instanceof Set) return list(value, value.size, part, "Set {", "}");
  if (value[Symbol.iterator]) return list(value, value.length, part, `${name} [`, "]");
  const pair = ([key, inner]) => `${key}: ${part(inner)}`;
  const open = name && name !== "Object" ? `${name} { ` : "{ ";
  const pairs = Object.entries(value);
  return list(pairs, pairs.length, pair, open, " }");
}

function firstOf(items) {
  const first = [];
  for (const item of items) {
    first.push(item);
    if (first.length > MANY) break;
  }
  return first;
}
