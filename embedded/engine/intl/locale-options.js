// The options of a Locale, each of which changes a part of its tag: https://tc39.es/ecma402/#sec-Intl.Locale

import { CASES } from "./collator.js";
import { HOURS } from "./date-pattern.js";
import { withoutExtensions } from "./locale-data.js";
import { DAYS } from "./locale-info.js";
import { canonical, keywords } from "./locales.js";
import { textOption, typeOption } from "./options.js";

/** By the name of an option the keyword that it stands for. */
export const KEYS = {
  ...{ calendar: "ca", collation: "co", firstDayOfWeek: "fw", hourCycle: "hc" },
  ...{ caseFirst: "kf", numberingSystem: "nu" },
};

const SUBTAGS = {
  language: /^(?:[a-z]{2,3}|[a-z]{5,8})$/i,
  script: /^[a-z]{4}$/i,
  region: /^(?:[a-z]{2}|\d{3})$/i,
};

const VALUES = { hourCycle: Object.keys(HOURS), caseFirst: CASES };

/** The tag with what the options say otherwise. */
export function changed(tag, options) {
  const base = withSubtags(withoutExtensions(tag), options);
  const words = { ...keywords(tag), ...keywordOptions(options) };
  const list = Object.entries(words).map(([key, value]) => (value ? `${key}-${value}` : key));
  const others = tag.slice(withoutExtensions(tag).length).replace(/-u(?:-[0-9a-z]{2,8})+/, "");
  return canonical((list.length > 0 ? `${base}-u-${list.join("-")}` : base) + others);
}

function withSubtags(base, options) {
  const [, language, script = "", region = "", rest] =
    /^([a-z]+)(-[A-Z][a-z]{3})?(-(?:[A-Z]{2}|\d{3}))?(.*)$/.exec(base);
  const own = subtagOption(options, "language") ?? language;
  const ownScript = subtagOption(options, "script");
  const ownRegion = subtagOption(options, "region");
  return [
    own,
    ownScript === undefined ? script : `-${ownScript}`,
    ownRegion === undefined ? region : `-${ownRegion}`,
    rest,
  ].join("");
}

function subtagOption(options, name) {
  const value = textOption(options, name);
  if (value === undefined || SUBTAGS[name].test(value)) return value;
  throw new RangeError(`${name} cannot be "${value.slice(0, 60)}"`);
}

function keywordOptions(options) {
  const found = {};
  for (const [name, key] of Object.entries(KEYS)) {
    const value = keywordOption(options, name);
    if (value !== undefined) found[key] = value;
  }
  if (options.numeric !== undefined) found.kn = options.numeric ? "" : "false";
  return found;
}

function keywordOption(options, name) {
  if (VALUES[name]) return textOption(options, name, VALUES[name]);
  if (name !== "firstDayOfWeek") return typeOption(options, name);
  const day = textOption(options, name);
  return /^[0-7]$/.test(day) ? DAYS[day % 7] : typeOption({ [name]: day }, name);
}
