// Which locale is meant: lists of tags, and the one that is here.

import { canonicalTag } from "./host.js";
import { available, dataOf, withoutExtensions } from "./locale-data.js";
import { tellAbsent } from "./notices.js";
import { localeMatcher, optionsObject } from "./options.js";
import { remembering } from "./remembering.js";

/** What Bun takes for the user's own, too. */
export const DEFAULT = "en-US";

/** The tag of each `Intl.Locale`. */
export const localeTags = new WeakMap();

/** A tag in its canonical form. */
export function canonical(tag) {
  const found = knownTag(tag);
  if (found === undefined) {
    throw new RangeError(`invalid language tag: ${JSON.stringify(tag.slice(0, 60))}`);
  }
  return found;
}

const knownTag = remembering(canonicalTag);

/** https://tc39.es/ecma402/#sec-canonicalizelocalelist */
export function localeList(locales) {
  if (locales === undefined) return [];
  if (locales === null) throw new TypeError("null is no list of locales");
  const isOne = typeof locales === "string" || localeTags.has(locales);
  const given = isOne ? [locales] : Object(locales);
  const list = [];
  for (let at = 0; at < given.length; at += 1) {
    if (!(at in given)) continue;
    const tag = tagOf(given[at]);
    if (!list.includes(tag)) list.push(tag);
  }
  return list;
}

function tagOf(value) {
  if (localeTags.has(value)) return localeTags.get(value);
  if (typeof value === "string" || (typeof value === "object" && value !== null)) {
    return canonical(String(value));
  }
  throw new TypeError("a locale is a text such as “en-GB”");
}

/** `{ nu: "arab" }` of `ar-u-nu-arab`. */
export function keywords(tag) {
  const found = {};
  const [, extension] = /-u((?:-[0-9a-z]{2,8})+)/i.exec(tag) ?? [];
  let key;
  for (const part of extension?.slice(1).split("-") ?? []) {
    if (part.length === 2) {
      key = part;
      found[key] ??= "";
    } else if (key) found[key] += found[key] ? `-${part}` : part;
  }
  return found;
}

/**
 * https://tc39.es/ecma402/#sec-resolvelocale: `{ locale, data, ...keys }`. `keys` gives for each keyword the value
 * of the option, and whether a value can be had here.
 */
export function resolve(requested, keys, fallbacks = {}) {
  const tag = requested.find(isAvailable) ?? DEFAULT;
  if (requested.length > 0 && !requested.includes(tag)) tellAbsent(requested, DEFAULT);
  const found = available(withoutExtensions(tag));
  const result = { data: dataOf(found) };
  const asked = keywords(tag);
  const kept = [];
  for (const [key, { option, has }] of Object.entries(keys)) {
    const wanted = asked[key] === "" ? "true" : asked[key];
    const isKept = wanted !== undefined && has(wanted, result.data);
    const usual = isKept ? wanted : fallbacks[key]?.(result.data);
    const isOther = option !== undefined && has(option, result.data) && option !== usual;
    result[key] = isOther ? option : usual;
    if (isKept && !isOther) kept.push(wanted === "true" ? key : `${key}-${wanted}`);
  }
  result.locale = kept.length > 0 ? `${found}-u-${kept.sort().join("-")}` : found;
  return result;
}

const isAvailable = (tag) => available(withoutExtensions(tag)) !== undefined;

/** `supportedLocalesOf` of each constructor. */
export function supportedLocalesOf(locales, options) {
  const requested = localeList(locales);
  if (options !== undefined) localeMatcher(optionsObject(options));
  return requested.filter(isAvailable);
}
