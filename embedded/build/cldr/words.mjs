// Lists and times from now, of one locale.

const TYPES = { conjunction: "standard", disjunction: "or", unit: "unit" };
const SUFFIXES = { long: "", short: "-short", narrow: "-narrow" };
const UNITS = ["second", "minute", "hour", "day", "week", "month", "quarter", "year"];

const mapped = (record, into) =>
  Object.fromEntries(Object.entries(record).map(([key, value]) => [key, into(value, key)]));

/** By type and width: the patterns `[of two, at the start, in the middle, at the end]`. */
export const listsOf = (patterns) =>
  mapped(TYPES, (type) =>
    mapped(SUFFIXES, (suffix) => {
      const it = patterns[`listPattern-type-${type}${suffix}`];
      return [it["2"], it.start, it.middle, it.end];
    }),
  );

/** By unit and width: `{ future, past, named }`, patterns by plural, and “tomorrow” as `named["1"]`. */
export const relativeOf = (fields) =>
  Object.fromEntries(
    UNITS.map((unit) => [unit, mapped(SUFFIXES, (suffix) => timesOf(fields[unit + suffix]))]),
  );

function timesOf(field) {
  const after = (record, start) => {
    const own = Object.entries(record ?? {}).filter(([key]) => key.startsWith(start));
    return Object.fromEntries(own.map(([key, text]) => [key.slice(start.length), text]));
  };
  return {
    future: after(field["relativeTime-type-future"], "relativeTimePattern-count-"),
    past: after(field["relativeTime-type-past"], "relativeTimePattern-count-"),
    named: after(field, "relative-type-"),
  };
}
