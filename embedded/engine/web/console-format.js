import { inspect } from "./inspect.js";

/** Characters in one line of the console; the rest is left out, and said so. */
const LONGEST = 16_384;

/** The arguments of `console.log` as text; a first string may have `%s %d %i %f %j %o %O %c`. */
export function format(values) {
  const texts = [];
  let at = 0;
  if (typeof values[0] === "string") {
    at = 1;
    const directed = values[0].replace(/%([sdifjoOc%])/g, (whole, directive) => {
      if (directive === "%") return values.length > 1 ? "%" : whole;
      return at < values.length ? directives[directive](values[at++]) : whole;
    });
    texts.push(directed);
  }
  for (; at < values.length; at++) {
    texts.push(typeof values[at] === "string" ? values[at] : inspect(values[at]));
  }
  return bounded(texts.join(" "));
}

const directives = {
  s: (value) => {
    if (typeof value === "string") return value;
    return typeof value === "object" ? inspect(value, { depth: 0 }) : inspect(value);
  },
  d: (value) => number(value, Number),
  i: (value) => number(value, (each) => parseInt(each, 10)),
  f: (value) => number(value, parseFloat),
  j: (value) => {
    try {
      return JSON.stringify(value) ?? "undefined";
    } catch {
      return "[Circular]";
    }
  },
  o: (value) => inspect(value, { depth: 4 }),
  O: (value) => inspect(value),
  c: () => "",
};

function number(value, parse) {
  if (typeof value === "bigint") return `${value}n`;
  return typeof value === "symbol" || typeof value === "object" ? "NaN" : inspect(parse(value));
}

/** Bounded, and without the colour codes that libraries write for a terminal. */
function bounded(text) {
  const plain = text.slice(0, 2 * LONGEST).replace(/\x1b\[[0-9;]*m/g, "");
  if (plain.length <= LONGEST) return plain;
  return `${plain.slice(0, LONGEST)}… ${text.length - LONGEST} more characters`;
}
