// The pattern of a locale for the fields that are wanted, as ICU's DateTimePatternGenerator finds it: the nearest
// of the patterns that CLDR has, with the lengths of its fields changed, and what no pattern has appended.

import { words } from "./data.js";
import { adjusted, AS_IT_IS, nearest, skeleton } from "./date-skeleton.js";
import { DATE_FIELDS, FIELDS, weight } from "./date-tokens.js";
import { remembering } from "./remembering.js";

/** All patterns of a locale, in ICU's order, in which the first of those equally near wins. */
const candidates = remembering((data) => {
  const { available, date, time } = words(data, "dates");
  const known = new Map();
  const add = (key, pattern, isNamed) => {
    const fields = skeleton(isNamed ? key : pattern);
    const id = FIELDS.map((field) => fields[field]?.weight ?? "").join();
    if (!known.has(id) || isNamed) known.set(id, { pattern, fields, isNamed });
  };
  for (const letter of "GyMEdaHmsSv") add("", letter, false);
  for (const pattern of [...date, ...time]) add("", pattern, false);
  for (const key of Object.keys(available).sort()) add(key, available[key], true);
  const list = [...known.values()].map((it) => ({ ...it, at: place(it.fields) }));
  return list.sort((one, other) => one.at - other.at);
}, 8);

/** By a pattern's first field. */
const place = (fields) => FIELDS.findIndex((field) => fields[field] && !fields[field].isAdded);

const only = (wanted, fields) =>
  Object.fromEntries(Object.entries(wanted).filter(([field]) => fields.includes(field)));

/** The best pattern for some of the wanted fields, with what is missing appended. */
function bestFor(data, wanted, decimal) {
  const list = candidates(data);
  const first = nearest(list, wanted);
  const { best } = first;
  let { missing } = first;
  let pattern = adjustedTo(best, wanted);
  while (missing.length > 0) {
    if (missing.join() === "fraction" && wanted.second) {
      return adjusted(pattern, wanted, best.isNamed && best.fields, decimal);
    }
    const rest = only(wanted, missing);
    const next = nearest(list, rest);
    const found = missing.filter((field) => !next.missing.includes(field));
    if (found.length === 0) break;
    pattern = appended(data, pattern, adjustedTo(next.best, rest), found.at(-1));
    missing = next.missing;
  }
  return pattern;
}

/** The pattern of a candidate as it is wanted. */
const adjustedTo = ({ pattern, isNamed, fields }, wanted) =>
  adjusted(pattern, wanted, isNamed && fields);

function appended(data, pattern, added, field) {
  const form = words(data, "dates").append[field];
  return form.replace(/\{(\d)\}/g, (_, index) => [pattern, added][index]);
}

/** The pattern for a skeleton; `decimal` stands before parts of a second. */
export const bestPattern = remembering((data, text, decimal) =>
  best(data, skeleton(text), decimal),
);

/** The same, with its hours as long as the language has them: in ranges ICU does not ask for a length. */
export const rangePattern = remembering((data, text, decimal) => {
  const wanted = skeleton(text);
  if (wanted.hour) {
    const { letter } = wanted.hour;
    wanted.hour = { letter, length: AS_IT_IS, weight: weight(letter, 1) };
  }
  return best(data, wanted, decimal);
});

function best(data, wanted, decimal) {
  const { best: found, missing } = nearest(candidates(data), wanted);
  const hasExtra = Object.keys(found.fields).some((field) => !wanted[field]);
  if (missing.length === 0 && !hasExtra) return adjustedTo(found, wanted);
  const fields = Object.keys(wanted);
  const [dates, times] = [
    fields.filter((field) => DATE_FIELDS.has(field)),
    fields.filter((field) => !DATE_FIELDS.has(field)),
  ];
  const date = dates.length > 0 ? bestFor(data, only(wanted, dates), decimal) : "";
  const time = times.length > 0 ? bestFor(data, only(wanted, times), decimal) : "";
  return date && time ? together(data, wanted, date, time) : date || time;
}

/** A date and a time in one pattern, by the length of the month. */
function together(data, { month, weekday }, date, time) {
  const style = month?.length === 4 ? (weekday ? 0 : 1) : month?.length === 3 ? 2 : 3;
  return glue(words(data, "dates").joinedAt[style], date, time);
}

export const glue = (form, date, time) =>
  form.replace(/\{(\d)\}/g, (_, index) => (index === "1" ? date : time));
