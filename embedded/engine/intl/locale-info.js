// What is usual where a language is spoken: https://tc39.es/ecma402/#sec-intl.locale.prototype.getweekinfo and its
// neighbours. Regions are those of CLDR.

import { collationsOf } from "./collations.js";
import { common } from "./data.js";
import { isRightToLeft } from "./host.js";
import { namedRegion, regionOf, subtags } from "./locale-data.js";
import { resolve } from "./locales.js";
import { systemFallback, systemKey } from "./numbering-systems.js";

/** As JavaScript counts them. */
export const DAYS = ["sun", "mon", "tue", "wed", "thu", "fri", "sat"];
const CYCLES = { h: "h12", H: "h23", K: "h11", k: "h24" };

export const textInfo = (tag) => ({ direction: isRightToLeft(tag) ? "rtl" : "ltr" });

/** Days are numbers from Monday's 1; `first` is what the tag's keyword says. */
export function weekInfo(tag, first) {
  const { firstDay, weekendStart, weekendEnd } = common("weeks");
  const region = regionOf(tag);
  const number = (day) => DAYS.indexOf(day) || 7;
  const day = (days) => number(days[region] ?? days["001"]);
  const weekend = [];
  for (let at = day(weekendStart); ; at = (at % 7) + 1) {
    weekend.push(at);
    if (at === day(weekendEnd)) break;
  }
  const own = DAYS.includes(first) ? number(first) : day(firstDay);
  return { firstDay: own, weekend: weekend.sort((one, other) => one - other) };
}

export function hourCycles(tag) {
  const hours = common("hours");
  const [language] = subtags(tag);
  const region = regionOf(tag);
  return [CYCLES[hours[`${language}_${region}`] ?? hours[region] ?? hours["001"]]];
}

export function calendars(tag) {
  const all = common("calendars");
  return [...(all[regionOf(tag)] ?? all["001"])];
}

export const numberingSystems = (tag) => [resolve([tag], systemKey(), systemFallback).nu];

export const collations = (tag) => collationsOf(subtags(tag)[0]);

/** Nothing where the tag names no region. */
export function timeZones(tag) {
  const region = namedRegion(tag);
  return region === undefined ? undefined : [...(common("regions")[region] ?? [])];
}
