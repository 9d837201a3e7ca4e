// The patterns of intervals that CLDR has, such as “MMM d – d”, as ICU's DateIntervalFormat finds them.

import { glue } from "./best-pattern.js";
import { words } from "./data.js";
import { fullPattern, inCycle, letters } from "./date-pattern.js";
import { adjusted, nearest, skeleton, skeletonText } from "./date-skeleton.js";
import { DATE_FIELDS, fieldOf, tokens } from "./date-tokens.js";
import { remembering } from "./remembering.js";

/** As ICU has the fields of an interval: numbers in their shortest form. */
export const normalized = (text) =>
  text
    .replace(/[abO]+/g, "")
    .replace(/L/g, "M")
    .replace(/[ce]/g, "E")
    .replace(/(?<!E)E{1,3}(?!E)/, "E")
    .replace(/(?<!M)MM(?!M)/, "M")
    .replace(/([dhHkKmszv])\1+/g, "$1")
    .replace("K", "h")
    .replace("k", "H");

export const hasDate = (wanted) => Object.keys(wanted).some((field) => DATE_FIELDS.has(field));

export const hasTime = (wanted) => Object.keys(wanted).some((field) => !DATE_FIELDS.has(field));

/** The fields of the date, or those of the time. */
export const half = (wanted, isDate) =>
  Object.fromEntries(Object.entries(wanted).filter(([field]) => DATE_FIELDS.has(field) === isDate));

/**
 * The pattern of an interval whose ends differ in the field of this letter first, with the fields of both;
 * nothing where the language has none.
 */
export function intervalPattern(format, wanted, letter) {
  if (hasTime(wanted) && hasDate(wanted)) return dateOnce(format, wanted, letter);
  const found = nearestOf(format, wanted);
  const field = fieldOf(letter);
  const pattern = found && interval(format, wanted, letter, found);
  if (!found || pattern !== undefined || !DATE_FIELDS.has(field) || wanted[field]) return pattern;
  const more = { ...(letter === "G" ? {} : skeleton(letter)), ...wanted };
  return interval(format, more, letter, nearestOf(format, more));
}

/** Whether the language has patterns for intervals of just these fields. */
export const hasInterval = (format, wanted) => nearestOf(format, wanted) !== undefined;

/** One date, and an interval of the times. */
function dateOnce(format, wanted, letter) {
  const ofTime = half(wanted, false);
  const times = interval(format, ofTime, letter, nearestOf(format, ofTime));
  if (times === undefined) return undefined;
  const ofDate = half(skeleton(letters(format.pattern)), true);
  const date = fullPattern(format, skeletonText(ofDate));
  return glue(words(format.data, "dates").joined[2], date, times);
}

/** All of a language, as `nearest` takes them. */
const candidates = remembering((data) => {
  const { intervals } = words(data, "dates");
  return Object.entries(intervals).map(([key, patterns]) => ({ patterns, fields: skeleton(key) }));
}, 8);

/** The nearest of a language, if it has just the wanted fields. */
function nearestOf({ data }, wanted) {
  const { best, missing } = nearest(candidates(data), wanted);
  const hasMore = Object.keys(best.fields).some((field) => !wanted[field]);
  return missing.length > 0 || hasMore ? undefined : best;
}

function interval(format, wanted, letter, found) {
  const others = { ...wanted, dayPeriod: undefined };
  const pattern = found && patternAt(found.patterns, wanted, letter);
  return pattern && inCycle(format, adjusted(pattern, others, found.fields));
}

/** “B”, in the morning, goes before “a”, am; a day of 24 hours has neither. */
function patternAt(patterns, { hour }, letter) {
  if (/[ah]/.test(letter) && hour && !/[hK]/.test(hour.letter)) return patterns.H;
  return letter === "a" ? (patterns.B ?? patterns.a) : patterns[letter];
}

/** Both halves of such a pattern, `{ list, from, to }`: its tokens, and which of them the other half has as well. */
export function ends(pattern) {
  const list = tokens(pattern);
  const fields = list.map(({ letter }) => letter && fieldOf(letter));
  // The second end begins where a field comes again.
  const again = fields.findIndex((field, at) => field && fields.indexOf(field) < at);
  const cut = again < 0 ? list.length : again;
  const part = (from, to, others) => {
    const isTwice = fields.slice(from, to).map((field) => Boolean(field) && others.includes(field));
    const [first, last] = [isTwice.indexOf(true), isTwice.lastIndexOf(true)];
    return { list: list.slice(from, to), from: first < 0 ? Infinity : first, to: last };
  };
  return [part(0, cut, fields.slice(cut)), part(cut, list.length, fields.slice(0, cut))];
}
