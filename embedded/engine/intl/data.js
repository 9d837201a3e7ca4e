// The words of the languages, read when they are first asked for: a Run that formats nothing reads nothing.

import { section } from "./host.js";

const found = new Map();

function once(key, make) {
  if (!found.has(key)) found.set(key, make());
  return found.get(key);
}

/** A part of what belongs to no language: `tags`, `parents`, `hours`, `likely`, … */
export const common = (name) => once(`/${name}`, () => JSON.parse(section("common", name)));

/** A section of a locale that is here, such as `de-AT`, with what it shares with its parents. */
export const words = (tag, name) => once(`${tag}/${name}`, () => merged(tag, name));

function merged(tag, name) {
  const text = section(tag, name);
  const own = text === undefined ? {} : JSON.parse(text);
  const parent = common("parents")[tag];
  return parent === undefined ? own : laidOver(words(parent, name), own);
}

/** `over` on top of `under`; null takes something away. */
function laidOver(under, over) {
  if (typeof over !== "object" || over === null || Array.isArray(over)) return over;
  if (typeof under !== "object" || under === null || Array.isArray(under)) return over;
  const result = { ...under };
  for (const [key, value] of Object.entries(over)) {
    if (value === null) delete result[key];
    else result[key] = laidOver(under[key], value);
  }
  return result;
}
