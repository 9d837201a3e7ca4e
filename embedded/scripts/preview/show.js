// A console's values as text, near to how a browser prints them.

const DEEP = 3;
const MANY = 30;

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
    if (typeof value === "string") return JSON.stringify(value);
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

function inside(value, deep, seen) {
  const part = (inner) => one(inner, deep + 1, seen);
  const name = value.constructor?.name ?? "";
  const list = (parts, open, close) => {
    const more = parts.length > MANY ? [`… ${parts.length - MANY} more`] : [];
    return `${open}${[...parts.slice(0, MANY), ...more].join(", ")}${close}`;
  };
  if (Array.isArray(value)) return list(value.map(part), "[", "]");
  if (value instanceof Map) {
    return list(
      [...value].map(([key, inner]) => `${part(key)} → ${part(inner)}`),
      "Map {",
      "}",
    );
  }
  if (value instanceof Set) return list([...value].map(part), "Set {", "}");
  if (value[Symbol.iterator]) return list([...value].map(part), `${name} [`, "]");
  const pairs = Object.entries(value).map(([key, inner]) => `${key}: ${part(inner)}`);
  return list(pairs, name && name !== "Object" ? `${name} { ` : "{ ", " }");
}
