// Under which tag the words of a locale lie, by CLDR's likely subtags.

import { common } from "./data.js";
import { likelySubtags } from "./host.js";
import { remembering } from "./remembering.js";

/** `de-AT` of `de-AT-u-nu-latn`. */
export const withoutExtensions = (tag) => tag.replace(/-(?:[0-9a-wy-z]-.*|x-.*)$/i, "");

/** The longest beginning of a tag that is here, or nothing. */
export const available = remembering((tag) => {
  for (let part = tag; part; part = part.replace(/-?[^-]*$/, "")) {
    if (dataOf(part) !== undefined) return part;
  }
  return undefined;
});

/** The tag under which the words of a locale lie: `zh-Hant-TW` for `zh-TW`, `nb` for `no`. */
export function dataOf(tag) {
  if (isHere(tag)) return tag;
  if (tag === "no" || tag.startsWith("no-")) return dataOf(tag.replace("no", "nb"));
  const [language, ...rest] = tag.split("-");
  if (rest.length === 2) return withScriptAndRegion(language, ...rest);
  if (rest.length === 1 && rest[0].length === 4) {
    return scriptOf(likely(language)) === rest[0] ? dataOf(language) : undefined;
  }
  return withRegion(tag, language, rest[0]);
}

const isHere = (tag) => common("tags").includes(tag);
const likely = (tag) => common("likely")[tag];
const scriptOf = (full) => full?.split("-")[1];
const regionIn = (full) => full?.split("-")[2];

/** The words may lie without the region, or without the script, where these are the usual ones. */
function withScriptAndRegion(language, script, region) {
  const inScript = `${language}-${script}`;
  const full = likely(language);
  const isUsual = regionIn(likely(inScript)) === region || full?.startsWith(`${inScript}-`);
  if (isUsual && isHere(inScript)) return inScript;
  const inRegion = `${language}-${region}`;
  return scriptOf(likely(inRegion) ?? full) === script && isHere(inRegion) ? inRegion : undefined;
}

/** The words may lie with the script, or for the language alone, where the region is the usual one. */
function withRegion(tag, language, region) {
  const full = likely(tag);
  if (full !== undefined && isHere(full)) return full;
  const inScript = `${language}-${scriptOf(full)}`;
  if (isHere(inScript) && regionIn(likely(inScript)) === regionIn(full)) return inScript;
  const isUsual = region !== undefined && regionIn(likely(language)) === region;
  return isUsual && isHere(language) ? language : undefined;
}

/** Language, script, region and variants, as far as the tag names them. */
export const subtags = (tag) => withoutExtensions(tag).split("-");

/** The region that a tag names. */
export const namedRegion = (tag) =>
  subtags(tag).find((part, at) => at > 0 && /^(?:[A-Z]{2}|\d{3})$/.test(part));

/** The region that a tag names, or the likely one; the world where there is none. */
export const regionOf = (tag) => namedRegion(tag) ?? namedRegion(likelySubtags(tag, true)) ?? "001";
