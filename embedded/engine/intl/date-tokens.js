// CLDR's patterns of dates, such as “d 'de' MMMM”, and which fields their letters stand for.

import { remembering } from "./remembering.js";

/** `[{ letter, length } | { text }]` */
export const tokens = remembering((pattern) => {
  const found = [];
  for (const [run, quoted, letter] of pattern.matchAll(
    /'((?:[^']|'')*)'|([A-Za-z])\2*|[^A-Za-z']+/g,
  )) {
    if (letter) found.push({ letter, length: run.length });
    else {
      const text = quoted === undefined ? run : quoted === "" ? "'" : quoted.replaceAll("''", "'");
      if (found.at(-1)?.text === undefined) found.push({ text });
      else found.at(-1).text += text;
    }
  }
  return found;
}, 500);

/** The pattern of tokens. */
export const patternOf = (list) =>
  list.map(({ text, letter, length }) => (letter ? letter.repeat(length) : quoted(text))).join("");

const quoted = (text) => (/[A-Za-z']/.test(text) ? `'${text.replaceAll("'", "''")}'` : text);

/** The order in which ICU has the fields. */
export const FIELDS =
  "era year quarter month week weekOfMonth weekday dayOfYear dayOfWeekInMonth day dayPeriod hour minute second fraction zone".split(
    " ",
  );

export const DATE_FIELDS = new Set(FIELDS.slice(0, 10));

const LETTERS = {
  G: "era",
  ...{ y: "year", Y: "year", u: "year", U: "year", r: "year" },
  ...{ Q: "quarter", q: "quarter", M: "month", L: "month" },
  ...{ w: "week", W: "weekOfMonth", E: "weekday", c: "weekday", e: "weekday" },
  ...{
    d: "day",
    D: "dayOfYear",
    F: "dayOfWeekInMonth",
    a: "dayPeriod",
    b: "dayPeriod",
    B: "dayPeriod",
  },
  ...{ H: "hour", k: "hour", h: "hour", K: "hour", m: "minute", s: "second", S: "fraction" },
  ...{ v: "zone", z: "zone", Z: "zone", O: "zone", V: "zone", X: "zone", x: "zone" },
};

export const fieldOf = (letter) => LETTERS[letter];

const [NUMERIC, DELTA, NARROW, SHORTER, SHORT, LONG] = [
  0x100, 0x10, -0x101, -0x102, -0x103, -0x104,
];

/** By letter: what to add to a number's weight, and to a name's. */
const OFFSETS = {
  Y: [DELTA],
  u: [2 * DELTA],
  q: [DELTA, -DELTA],
  L: [DELTA, -DELTA],
  c: [2 * DELTA, -2 * DELTA],
  e: [DELTA, -DELTA],
  H: [10 * DELTA],
  k: [11 * DELTA],
  K: [DELTA],
  b: [0, -DELTA],
  B: [0, -3 * DELTA],
  v: [0, -2 * DELTA],
  O: [0, -DELTA],
  Z: [0, -DELTA],
};

/** How ICU weighs a letter of this length when it looks for the nearest pattern: positive for a number. */
export function weight(letter, length) {
  const [more = 0, less = 0] = OFFSETS[letter] ?? [];
  const isName = /[GEaBbvzOZVXx]/.test(letter) || (/[MLQqce]/.test(letter) && length >= 3);
  if (!isName) return NUMERIC + more + length;
  if (/[zvOZ]/.test(letter)) return (length >= 4 ? LONG : SHORT) + less;
  return ([SHORT, LONG, NARROW, SHORTER][length - 3] ?? SHORT) + less;
}
