// The pattern that the resolved options of a DateTimeFormat (date-options.js) ask for.

import { bestPattern, glue, rangePattern } from "./best-pattern.js";
import { words } from "./data.js";
import { patternOf, tokens } from "./date-tokens.js";
import { regionOf } from "./locale-data.js";
import { numberWords } from "./numbering-systems.js";

export const STYLES = ["full", "long", "medium", "short"];

/** By the name of a cycle the letter that patterns have for it. */
export const HOURS = { h11: "K", h12: "h", h23: "H", h24: "k" };

export const HOUR = /[HhKk]/;

const LENGTHS = { "2-digit": 2, numeric: 1, short: 3, long: 4, narrow: 5 };

/** By the option `timeZoneName` the letters that patterns have for it. */
export const ZONE_NAMES = {
  ...{ short: "z", long: "zzzz", shortOffset: "O", longOffset: "OOOO" },
  ...{ shortGeneric: "v", longGeneric: "vvvv" },
};

/** How hours are counted: as `hour12` has it, or else as asked for, or else as is usual in the language. */
export function cycleFor({ locale, data }, hour12, asked) {
  if (hour12 !== undefined) return hour12 ? (regionOf(locale) === "JP" ? "h11" : "h12") : "h23";
  if (asked !== undefined) return asked;
  const [letter] = HOUR.exec(letters(words(data, "dates").time[3]));
  return Object.keys(HOURS).find((cycle) => HOURS[cycle] === letter);
}

/** The pattern with all that is asked for. */
export function patternFor(format) {
  const { data, dateStyle, timeStyle } = format;
  const { date, time, joinedAt } = words(data, "dates");
  if (dateStyle === undefined && timeStyle === undefined) {
    return inCycle(format, bestPattern(data, skeletonOf(format), decimalOf(format)));
  }
  const datePattern = date[STYLES.indexOf(dateStyle)];
  const timePattern = timeStyle && inCycle(format, styled(format, time[STYLES.indexOf(timeStyle)]));
  if (!datePattern || !timePattern) return datePattern ?? timePattern;
  return glue(joinedAt[STYLES.indexOf(dateStyle)], datePattern, timePattern);
}

const decimalOf = (format) => numberWords(format).symbols.decimal;

/** The letters of the fields that are wanted. */
function skeletonOf(format) {
  const run = (letter, name) => letter.repeat(LENGTHS[format[name]] ?? 0);
  const is12 = /h1[12]/.test(format.hourCycle);
  const hour = run(is12 ? "h" : "H", "hour");
  return [
    ...[run("E", "weekday"), run("G", "era"), run("y", "year"), run("M", "month"), run("d", "day")],
    is12 || !hour ? run("B", "dayPeriod").replace(/^BBB$/, "B") : "",
    ...[hour, run("m", "minute"), run("s", "second")],
    "S".repeat(format.fractionalSecondDigits ?? 0),
    ZONE_NAMES[format.timeZoneName] ?? "",
  ].join("");
}

/** The pattern of a style, with the other kind of hours where they are wanted. */
function styled(format, pattern) {
  const is12 = /h1[12]/.test(format.hourCycle);
  const has12 = /[hK]/.test(letters(pattern));
  if (is12 === has12) return pattern;
  const fields = letters(pattern)
    .replace(/[abB]/g, "")
    .replace(/[hHkK]/g, is12 ? "h" : "H");
  return bestPattern(format.data, fields, decimalOf(format));
}

/** The pattern with all of these fields, as both ends of a range have them. */
export const fullPattern = (format, fields) =>
  inCycle(format, rangePattern(format.data, fields, decimalOf(format)));

/** The letters of a pattern that stand for fields. */
export const letters = (pattern) =>
  tokens(pattern)
    .map(({ letter, length }) => (letter ? letter.repeat(length) : ""))
    .join("");

/** The pattern with its hours counted as resolved. */
export const inCycle = ({ hourCycle }, pattern) =>
  patternOf(
    tokens(pattern).map((token) =>
      HOUR.test(token.letter ?? "") ? { ...token, letter: HOURS[hourCycle] } : token,
    ),
  );
