// The options of a DateTimeFormat:
// https://tc39.es/ecma402/#sec-createdatetimeformat

import { cycleFor, HOUR, HOURS, letters, patternFor, STYLES, ZONE_NAMES } from "./date-pattern.js";
import { localeList, resolve } from "./locales.js";
import { systemFallback, systemKey } from "./numbering-systems.js";
import {
  booleanOption,
  localeMatcher,
  numberOption,
  optionsObject,
  textOption,
  typeOption,
} from "./options.js";
import { timeZone } from "./time-zones.js";

const TEXT = ["narrow", "short", "long"];
const DIGITS = ["2-digit", "numeric"];
const CYCLES = Object.keys(HOURS);

/** In the order in which they are read, and resolved: names, values. */
const FIELD_OPTIONS = [
  ["weekday", TEXT],
  ["era", TEXT],
  ["year", DIGITS],
  ["month", [...DIGITS, ...TEXT]],
  ["day", DIGITS],
  ["dayPeriod", TEXT],
  ["hour", DIGITS],
  ["minute", DIGITS],
  ["second", DIGITS],
];
const DATE = ["weekday", "year", "month", "day"];
const TIME = ["dayPeriod", "hour", "minute", "second", "fractionalSecondDigits"];

/** The resolved options, for a constructor or a method of `Date`: which fields it needs, and which it adds. */
export function dateOptions(locales, given, required, defaults) {
  const requested = localeList(locales);
  const options = optionsObject(given);
  localeMatcher(options);
  const { hour12, keys } = keyOptions(options);
  const { locale, data, nu, hc } = resolve(requested, keys, systemFallback);
  const format = { locale, data, numberingSystem: nu, calendar: "gregory" };
  format.timeZone = timeZone(options.timeZone);
  readFields(format, options);
  addDefaults(format, required, defaults);
  format.hourCycle = cycleFor(format, hour12, hc);
  format.pattern = patternFor(format);
  if (!HOUR.test(letters(format.pattern))) format.hourCycle = undefined;
  return format;
}

/** Those that a tag's keywords may say as well. */
function keyOptions(options) {
  const calendar = typeOption(options, "calendar");
  const system = typeOption(options, "numberingSystem");
  const hour12 = booleanOption(options, "hour12");
  const hourCycle = textOption(options, "hourCycle", CYCLES);
  const hc = {
    option: hour12 === undefined ? hourCycle : undefined,
    has: (it) => CYCLES.includes(it),
  };
  return { hour12, keys: { ca: { option: calendar, has: isCalendar }, hc, ...systemKey(system) } };
}

/** Others would need data of their own; better a sentence than a wrong date. */
function isCalendar(name) {
  if (name === "gregory" || name === "gregorian") return true;
  if (OTHER_CALENDARS.has(name)) {
    throw new RangeError(`the calendar "${name}" does not exist here: a sandbox has gregory only`);
  }
  return false;
}

const OTHER_CALENDARS = new Set(
  "buddhist chinese coptic dangi ethioaa ethiopic hebrew indian islamic islamic-civil islamic-tbla islamic-umalqura iso8601 japanese persian roc".split(
    " ",
  ),
);

function readFields(format, options) {
  for (const [name, values] of FIELD_OPTIONS) format[name] = textOption(options, name, values);
  format.fractionalSecondDigits = numberOption(options, "fractionalSecondDigits", 1, 3);
  format.timeZoneName = textOption(options, "timeZoneName", Object.keys(ZONE_NAMES));
  textOption(options, "formatMatcher", ["basic", "best fit"], "best fit");
  format.dateStyle = textOption(options, "dateStyle", STYLES);
  format.timeStyle = textOption(options, "timeStyle", STYLES);
}

function addDefaults(format, required, defaults) {
  const has = (names) => names.some((name) => format[name] !== undefined);
  if (has(["dateStyle", "timeStyle"])) {
    checkStyles(format, required);
    return;
  }
  const needs = !(required !== "time" && has(DATE)) && !(required !== "date" && has(TIME));
  if (needs && defaults !== "time") format.year = format.month = format.day = "numeric";
  if (needs && defaults !== "date") format.hour = format.minute = format.second = "numeric";
}

function checkStyles(format, required) {
  const names = FIELD_OPTIONS.map(([name]) => name);
  const other = [...names, "fractionalSecondDigits", "timeZoneName"].find(
    (name) => format[name] !== undefined,
  );
  if (other) throw new TypeError(`dateStyle and timeStyle do not go together with ${other}`);
  if (required === "date" && format.timeStyle !== undefined) {
    throw new TypeError("toLocaleDateString has no timeStyle; use toLocaleString");
  }
  if (required === "time" && format.dateStyle !== undefined) {
    throw new TypeError("toLocaleTimeString has no dateStyle; use toLocaleString");
  }
}
