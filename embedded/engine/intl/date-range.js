// “Mar 1 – 5, 2025”: two moments with what they share written once, as ICU's DateIntervalFormat has it.

import { fieldsAt } from "./civil.js";
import { words } from "./data.js";
import {
  ends,
  half,
  hasDate,
  hasInterval,
  hasTime,
  intervalPattern,
  normalized,
} from "./date-intervals.js";
import { dateParts, spaces } from "./date-parts.js";
import { fullPattern, letters } from "./date-pattern.js";
import { skeleton, skeletonText } from "./date-skeleton.js";
import { DATE_FIELDS, fieldOf, patternOf } from "./date-tokens.js";
import { filled, joined } from "./parts.js";

/** The parts of both, each with its `source`. */
export function dateRange(format, start, end) {
  const pair = [start, end].map((time) => fieldsAt(format.timeZone, time));
  const letter = largest(...pair);
  const wanted = skeleton(normalized(letters(format.pattern)));
  if (letter === undefined || isTooSmall(letter, wanted)) {
    return marked(dateParts(format, format.pattern, pair[0]), "shared");
  }
  const isOtherDay = DATE_FIELDS.has(fieldOf(letter));
  if (isOtherDay && hasTime(wanted)) return inFull(format, withDate(format, wanted, letter), pair);
  const pattern = intervalPattern(format, wanted, letter);
  if (pattern !== undefined) return byInterval(format, pattern, pair);
  return hasTime(wanted) && hasDate(wanted)
    ? onOneDay(format, wanted, pair)
    : inFull(format, ownLetters(format), pair);
}

/** The letter of the largest field in which both differ. */
function largest(left, right) {
  const isEarly = ({ hour }) => hour < 12;
  const pairs = [
    ["G", left.era, right.era],
    ["y", left.year, right.year],
    ["M", left.month, right.month],
    ["d", left.day, right.day],
    ["a", isEarly(left), isEarly(right)],
    ["h", left.hour, right.hour],
    ["m", left.minute, right.minute],
    ["s", left.second, right.second],
    ["S", left.fraction, right.fraction],
  ];
  return pairs.find(([, one, other]) => one !== other)?.[0];
}

/** The letters of the format's fields; the mark of the half of a day comes with the hour. */
const ownLetters = ({ pattern }) => letters(pattern).replace(/[ab]/g, "");

/**
 * The fields of both ends when their dates differ. What has no date gets one; what lacks the field in which they
 * differ gets the fields up to it, but only where the language has intervals of such times.
 */
function withDate(format, wanted, letter) {
  const own = ownLetters(format);
  if (!hasDate(wanted)) return `yMd${own}`;
  if (wanted[fieldOf(letter)] || !hasInterval(format, half(wanted, false))) return own;
  const needed = [..."dMyG"].slice(0, "dMyG".indexOf(letter) + 1);
  return needed.filter((each) => !wanted[fieldOf(each)]).join("") + own;
}

/** The date, and both times in full. */
function onOneDay(format, wanted, pair) {
  const [date, time] = [true, false].map((isDate) => skeletonText(half(wanted, isDate)));
  const day = marked(dateParts(format, fullPattern(format, date), pair[0]), "shared");
  const form = words(format.data, "dates").joined[2].replaceAll("'", "");
  const parts = filled(form, [inFull(format, time, pair), day]);
  return joined(parts.map((part) => ({ source: "shared", ...part })));
}

const FIELDS_BY_SIZE = [
  ["era"],
  ["year"],
  ["month"],
  ["day", "weekday"],
  ["dayPeriod"],
  ["hour"],
  ["minute"],
  ["second"],
  ["fraction"],
];

/** Whether the field of a letter is smaller than all that are shown: both ends look alike then. */
function isTooSmall(letter, wanted) {
  const size = (field) => FIELDS_BY_SIZE.findIndex((fields) => fields.includes(field));
  return Object.keys(wanted).every((field) => size(field) < size(fieldOf(letter)));
}

const marked = (parts, source) => parts.map((part) => ({ ...part, source }));

/** Both with all of these fields, and the dash between them. */
function inFull(format, fields, pair) {
  const pattern = fullPattern(format, fields);
  const [left, right] = pair.map((moment) => dateParts(format, pattern, moment));
  const form = words(format.data, "dates").between;
  const [, before, dash, after] = /^(.*?)\{0\}(.*)\{1\}(.*)$/s.exec(form);
  const text = (value) =>
    value ? [{ type: "literal", value: spaces(value), source: "shared" }] : [];
  return [
    ...text(before),
    ...marked(left, "startRange"),
    ...text(dash),
    ...marked(right, "endRange"),
    ...text(after),
  ];
}

/** By a pattern that has the fields of both ends; what stands in it only once belongs to both. */
function byInterval(format, pattern, [left, right]) {
  const parts = ({ list, from, to }, fields, source) =>
    list.flatMap((token, at) =>
      marked(
        dateParts(format, patternOf([token]), fields),
        at >= from && at <= to ? source : "shared",
      ),
    );
  const [first, second] = ends(pattern);
  return joined([...parts(first, left, "startRange"), ...parts(second, right, "endRange")]);
}
