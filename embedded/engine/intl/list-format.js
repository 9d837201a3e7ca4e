// Intl.ListFormat: https://tc39.es/ecma402/#listformat-objects

import { finish } from "./class.js";
import { words } from "./data.js";
import { localeList, resolve } from "./locales.js";
import { localeMatcher, strictOptions, textOption } from "./options.js";
import { joined, literal, textOf } from "./parts.js";

export class ListFormat {
  #format;

  constructor(locales, given) {
    const requested = localeList(locales);
    const options = strictOptions(given);
    localeMatcher(options);
    const found = resolve(requested, {});
    const type = textOption(options, "type", ["conjunction", "disjunction", "unit"], "conjunction");
    const style = textOption(options, "style", ["long", "short", "narrow"], "long");
    this.#format = { ...found, type, style };
  }

  format(list) {
    return textOf(this.formatToParts(list));
  }

  formatToParts(list) {
    const { data, type, style } = this.#format;
    return joined(partsOf(data, words(data, "words").lists[type][style], type, texts(list)));
  }

  resolvedOptions() {
    const { locale, type, style } = this.#format;
    return { locale, type, style };
  }
}

function texts(list) {
  if (list === undefined) return [];
  const found = [];
  for (const item of list) {
    if (typeof item !== "string") throw new TypeError("a list has texts only");
    found.push(item);
  }
  return found;
}

function partsOf(data, [two, start, middle, end], type, list) {
  const parts = [];
  const between = (pattern) => {
    const [before, inner, after] = pattern.split(/\{\d\}/);
    return { before, inner, after };
  };
  for (const [at, value] of list.entries()) {
    if (at > 0) {
      const isLast = at === list.length - 1;
      const pattern = list.length === 2 ? two : isLast ? end : at === 1 ? start : middle;
      const { inner } = between(isLast ? spoken(data, type, pattern, value) : pattern);
      parts.push(literal(inner));
    }
    parts.push({ type: "element", value });
  }
  return parts;
}

/** What depends on how the next word sounds: “e” for “y”, “u” for “o” in Spanish, “ו” before Latin letters. */
function spoken(data, type, pattern, next) {
  const language = data.split("-")[0];
  if (language === "es" && type !== "disjunction" && /^(?:i(?!a|e|o|u)|hi(?![ae]))/i.test(next)) {
    return pattern.replace(" y ", " e ");
  }
  if (language === "es" && type === "disjunction" && /^(?:o|ho|8|11(?!\d))/i.test(next)) {
    return pattern.replace(" o ", " u ");
  }
  if (language === "he" && type === "conjunction" && !/^\p{Script=Hebrew}/u.test(next)) {
    return pattern.replace("ו{1}", "ו-{1}");
  }
  return pattern;
}

finish(ListFormat, "ListFormat");
