// A moment in parts, by a pattern: https://tc39.es/ecma402/#sec-formatdatetimepattern

import { common, words } from "./data.js";
import { tokens } from "./date-tokens.js";
import { inSystem } from "./numbering-systems.js";
import { joined } from "./parts.js";
import { zoneText } from "./zone-words.js";

const TYPES = {
  ...{ G: "era", y: "year", u: "year", r: "year", M: "month", L: "month", d: "day" },
  ...{ E: "weekday", c: "weekday", e: "weekday", a: "dayPeriod", b: "dayPeriod", B: "dayPeriod" },
  ...{
    H: "hour",
    h: "hour",
    K: "hour",
    k: "hour",
    m: "minute",
    s: "second",
    S: "fractionalSecond",
  },
  ...{ z: "timeZoneName", v: "timeZoneName", O: "timeZoneName" },
};

/** The parts of a moment's fields (civil.js) by a pattern. */
export function dateParts(format, pattern, fields) {
  const list = tokens(pattern);
  return joined(
    list.map(({ text, letter, length }) =>
      letter
        ? {
            type: TYPES[letter] ?? "literal",
            value: spaces(fieldText(format, letter, length, fields, list)),
          }
        : { type: "literal", value: spaces(text) },
    ),
  );
}

/** Narrow spaces become plain ones, as in Bun: too much code compares the text of a time. */
export const spaces = (text) => text.replace(/[\u2009\u202f]/g, " ");

function fieldText(format, letter, length, fields, list) {
  const names = words(format.data, "dates");
  const { numberingSystem } = format;
  const digits = (value, least) => inSystem(String(value).padStart(least, "0"), numberingSystem);
  const width = ["short", "long", "narrow"][length - 3] ?? "short";
  switch (letter) {
    case "G":
      return names.eras[width][fields.era];
    case "y":
      return length === 2 ? digits(fields.yearOfEra % 100, 2) : digits(fields.yearOfEra, length);
    case "u":
    case "r":
      return digits(fields.year, length);
    case "M":
    case "L":
      if (length < 3) return digits(fields.month, length);
      return names.months[letter === "M" ? "format" : "alone"][width][fields.month - 1];
    case "E":
    case "e":
    case "c":
      return names.days[letter === "c" ? "alone" : "format"][width][fields.weekday];
    case "a":
      return periodNames(names, length)[fields.hour < 12 ? "am" : "pm"];
    case "B":
    case "b":
      return periodText(format, names, length, fields, list);
    case "S":
      return digits(String(fields.fraction).padStart(3, "0").slice(0, length), length);
    case "z":
    case "v":
    case "O":
      return zoneText(format, letter, length, fields);
    default:
      return digits(count(letter, fields), length);
  }
}

/** The number of a day, or on a clock. */
function count(letter, { day, hour, minute, second }) {
  const clock = { H: hour, k: hour || 24, K: hour % 12, h: hour % 12 || 12 };
  return { d: day, m: minute, s: second, ...clock }[letter];
}

const periodNames = ({ periods }, length) =>
  periods.format[length === 4 ? "long" : length === 5 ? "narrow" : "short"];

/** “in the morning”, “noon”; not “midnight”, which ICU leaves out since it may begin a day or end it. */
function periodText({ data }, names, length, { hour, minute, second }, list) {
  const of = periodNames(names, length);
  const rules = common("periods")[data] ?? common("periods")[data.split("-")[0]] ?? {};
  const shows = (letter) => list.some((token) => token.letter === letter);
  const isFull = (!shows("m") || minute === 0) && (!shows("s") || second === 0);
  if (isFull && hour === 12 && rules.noon && of.noon) return of.noon;
  const found = Object.entries(rules).find(([, { _from, _before }]) => {
    if (_from === undefined) return false;
    const [from, before] = [parseInt(_from, 10), parseInt(_before, 10)];
    return from < before ? hour >= from && hour < before : hour >= from || hour < before;
  });
  return of[found?.[0]] ?? of[hour < 12 ? "am" : "pm"];
}
