// What `Intl` needs beside the words of a language.

/** Its sections, each read by itself. */
export async function common(read, tags) {
  const extra = async (name) => (await read(`cldr-core/supplemental/${name}.json`)).supplemental;
  const languages = new Set(tags.map((tag) => tag.split("-")[0]));
  const ours = (record) =>
    Object.fromEntries(
      Object.entries(record).filter(([key]) => languages.has(key.split(/[-_]/)[0])),
    );
  const { likelySubtags } = await extra("likelySubtags");
  const { fractions } = (await extra("currencyData")).currencyData;
  const { numberingSystems } = await extra("numberingSystems");
  return {
    periods: ours((await extra("dayPeriods")).dayPeriodRuleSet),
    ranges: ours((await extra("pluralRanges")).plurals),
    likely: ours(likelySubtags),
    fractions: Object.fromEntries(
      Object.entries(fractions).map(([code, it]) => [code, Number(it._digits)]),
    ),
    digits: Object.fromEntries(
      Object.entries(numberingSystems)
        .filter(([, it]) => it._type === "numeric")
        .map(([name, it]) => [name, it._digits]),
    ),
    metazones: await metazones(read, extra),
    ...(await zoneNames(read)),
    ...(await usages(extra)),
  };
}

/** The time zones: all by their names of today, and those of each region by CLDR's first name, as ICU has them. */
async function zoneNames(read) {
  const { tz } = (await read("cldr-bcp47/bcp47/timezone.json")).keyword.u;
  const zones = ["UTC"];
  const regions = {};
  for (const [key, { _alias = "", _iana, _region }] of Object.entries(tz)) {
    const [first] = _alias.split(" ");
    const name = _iana ?? first;
    if (!name || /^Etc\/(?:GMT|UTC|Unknown)$/.test(name)) continue;
    zones.push(name);
    const region = _region ?? key.slice(0, 2).toUpperCase();
    if (!name.startsWith("Etc/")) (regions[region] ??= []).push(first);
  }
  for (const names of Object.values(regions)) names.sort();
  return { zones: zones.sort(), regions };
}

/** What is usual in a region: days of the week, hours, calendars. */
async function usages(extra) {
  const { firstDay, weekendStart, weekendEnd } = (await extra("weekData")).weekData;
  const { timeData } = await extra("timeData");
  const { calendarPreferenceData } = await extra("calendarPreferenceData");
  const calendar = (name) => name.replace("gregorian", "gregory");
  return {
    weeks: { firstDay, weekendStart, weekendEnd },
    hours: Object.fromEntries(Object.entries(timeData).map(([key, it]) => [key, it._preferred])),
    calendars: Object.fromEntries(
      Object.entries(calendarPreferenceData).map(([region, names]) => [
        region,
        names.map(calendar),
      ]),
    ),
  };
}

/** The metazone that a time zone belongs to today, by each of its names. */
async function metazones(read, extra) {
  const { tz } = (await read("cldr-bcp47/bcp47/timezone.json")).keyword.u;
  const { timezone } = (await extra("metaZones")).metaZones.metazoneInfo;
  const names = Object.values(tz).flatMap((it) => (it._alias ? [it._alias.split(" ")] : []));
  const found = {};
  const walk = (path, it) => {
    if (!Array.isArray(it)) {
      for (const [key, inner] of Object.entries(it)) walk(path ? `${path}/${key}` : key, inner);
      return;
    }
    const now = it.map(({ usesMetazone }) => usesMetazone).find(({ _to }) => !_to);
    if (!now) return;
    for (const name of names.find((all) => all.includes(path)) ?? [path]) found[name] = now._mzone;
  };
  walk("", timezone);
  return found;
}
