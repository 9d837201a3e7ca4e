// Dates and names of time zones of one locale.

/** What a calendar's dates are written with; `fields` has their names. */
export function datesOf(calendar, fields) {
  const formats = calendar.dateTimeFormats;
  return {
    months: widths(calendar.months, Object.values),
    days: widths(calendar.days, Object.values),
    periods: widths(calendar.dayPeriods, withoutAlternatives),
    eras: erasOf(calendar.eras),
    date: styles(calendar.dateFormats),
    time: styles(calendar.timeFormats),
    joined: styles(formats),
    joinedAt: styles(calendar["dateTimeFormats-atTime"].standard),
    available: usable(formats.availableFormats),
    append: appendedOf(formats.appendItems, fields),
    between: formats.intervalFormats.intervalFormatFallback,
    intervals: intervalsOf(formats.intervalFormats),
  };
}

const styles = (from) => ["full", "long", "medium", "short"].map((style) => from[style]);

/** Names in a date, and by themselves. */
function widths(kind, into) {
  const of = (use) => ({
    short: into(kind[use].abbreviated),
    long: into(kind[use].wide),
    narrow: into(kind[use].narrow),
  });
  return { format: of("format"), alone: of("stand-alone") };
}

const withoutAlternatives = (names) =>
  Object.fromEntries(Object.entries(names).filter(([key]) => !key.includes("-alt-")));

function erasOf({ eraAbbr, eraNames, eraNarrow }) {
  const two = (names) => [names["0"], names["1"]];
  return { short: two(eraAbbr), long: two(eraNames), narrow: two(eraNarrow) };
}

/** Those without weeks and quarters, for which there is no option. */
const usable = (patterns) =>
  Object.fromEntries(Object.entries(patterns).filter(([key]) => !/-alt-|-count-|[wWQ]/.test(key)));

/** By skeleton, and by the letter of the field in which the ends differ. */
const intervalsOf = ({ intervalFormatFallback: _, ...skeletons }) =>
  Object.fromEntries(
    Object.entries(usable(skeletons)).map(([key, patterns]) => [key, usable(patterns)]),
  );

/** How a field is added to a pattern that has no place for it: `{ day: "{0} (Tag: {1})", … }`. */
function appendedOf(items, fields) {
  const names = { Era: "era", Year: "year", Quarter: "quarter", Month: "month", Day: "day" };
  Object.assign(names, { "Day-Of-Week": "weekday", Hour: "hour", Minute: "minute" });
  Object.assign(names, { Second: "second", Timezone: "zone" });
  const found = {};
  for (const [item, field] of Object.entries(names)) {
    found[field] = items[item].replace("{2}", quoted(fields[field].displayName));
  }
  // As ICU writes what CLDR has no form for.
  found.dayPeriod = `{0} ├${quoted(fields.dayperiod.displayName)}: {1}┤`;
  found.fraction = "{0} ├'F'14: {1}┤";
  return found;
}

const quoted = (text) => `'${text.replaceAll("'", "''")}'`;

/** Names of time: `[long generic, standard, daylight, short generic, standard, daylight]`. */
export function zonesOf(names) {
  const six = ({ long = {}, short = {} }) =>
    [
      ...[long.generic, long.standard, long.daylight],
      ...[short.generic, short.standard, short.daylight],
    ].map((name) => name ?? 0);
  const zones = {};
  const walk = (path, it) => {
    if (it.long || it.short) zones[path] = six(it);
    if (it._type === "zone") return;
    for (const [key, inner] of Object.entries(it)) {
      if (typeof inner === "object") walk(path ? `${path}/${key}` : key, inner);
    }
  };
  walk("", names.zone);
  const meta = Object.entries(names.metazone ?? {}).map(([name, it]) => [name, six(it)]);
  return {
    gmt: names.gmtFormat,
    hours: names.hourFormat,
    zones,
    meta: Object.fromEntries(meta),
  };
}
