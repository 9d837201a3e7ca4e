// “3–5 kilometers”: https://tc39.es/ecma402/#sec-partitionnumberrangepattern

import { decimalOf } from "./decimal.js";
import { innerParts, partsOf, withUnit } from "./number-parts.js";
import { numberWords } from "./numbering-systems.js";
import { joined, literal, textOf } from "./parts.js";
import { rangeCategory } from "./plural-ranges.js";

const DIGITS = new Set(
  "integer group decimal fraction nan infinity exponentSeparator exponentMinusSign exponentInteger".split(
    " ",
  ),
);

/** The parts of both ends, each with its `source`. */
export function numberRange(format, start, end) {
  if (start === undefined || end === undefined)
    throw new TypeError("a range needs a start and an end");
  const [from, to] = [decimalOf(start), decimalOf(end)];
  if (from.special === "nan" || to.special === "nan")
    throw new RangeError("NaN has no place in a range");
  const [left, right] = [from, to].map((it) => innerParts(format, it));
  if (textOf(left.parts) === textOf(right.parts))
    return about(format, joined(partsOf(format, from)));
  const parts = between(format, joined(left.parts), joined(right.parts));
  const count = rangeCategory(format.data, left.count(), right.count());
  return joined(marked(withUnit(format, parts, count), "shared"));
}

function about(format, parts) {
  const { approximately, symbols } = numberWords(format);
  const sign = { type: "approximatelySign", value: symbols.approximatelySign ?? "~" };
  const [before] = approximately.split("{0}");
  return marked(before ? [sign, ...parts] : [...parts, sign], "shared");
}

/** The source of those that have none yet. */
const marked = (parts, source) => parts.map((part) => ({ source, ...part }));

/** What both have around their digits stands once, where it is longer than one character. */
function between(format, left, right) {
  const [front, digits, back] = cut(left);
  const [otherFront, otherDigits, otherBack] = cut(right);
  const around = textOf(front) + textOf(back);
  const isSame = textOf(front) === textOf(otherFront) && textOf(back) === textOf(otherBack);
  const isShared = isSame && Array.from(around).length > 1;
  const hasPower = digits.some(({ type }) => type === "exponentInteger");
  const dash = dashOf(format, hasPower || (around !== "" && !isShared));
  const ends = (one, other) => [...marked(one, "startRange"), dash, ...marked(other, "endRange")];
  if (!isShared) return ends(left, right);
  return [...marked(front, "shared"), ...ends(digits, otherDigits), ...marked(back, "shared")];
}

/** What stands in front of the digits, they, and what stands behind. */
function cut(parts) {
  const first = parts.findIndex(({ type }) => DIGITS.has(type));
  const last = parts.findLastIndex(({ type }) => DIGITS.has(type));
  return [parts.slice(0, first), parts.slice(first, last + 1), parts.slice(last + 1)];
}

/** With blanks where more than digits stands in front of it. */
function dashOf(format, isWide) {
  const dash = /^\{0\}(.*)\{1\}$/s.exec(numberWords(format).range)?.[1] ?? "–";
  return { ...literal(isWide && !/^\s/.test(dash) ? ` ${dash} ` : dash), source: "shared" };
}
