// Which digits and symbols numbers are written with.

import { common, words } from "./data.js";
import { remembering } from "./remembering.js";

const hasSystem = (name) => Object.hasOwn(common("digits"), name);

/** The numbering system keys for `resolve`. */
export const systemKey = (option) => ({ nu: { option, has: hasSystem } });
export const systemFallback = { nu: (data) => words(data, "numbers").system };

/** Symbols and patterns of the numbering system; a system without any in the language takes its usual ones. */
export const numberWords = ({ data, numberingSystem }) => wordsOf(data, numberingSystem);

const wordsOf = remembering((data, numberingSystem) => {
  const { systems, system, grouping } = words(data, "numbers");
  const found = systems[numberingSystem] ?? systems.latn ?? systems[system];
  return { ...found, grouping };
}, 8);

/** Digits in the numbering system. */
export function inSystem(digits, numberingSystem) {
  if (numberingSystem === "latn") return digits;
  const all = Array.from(common("digits")[numberingSystem]);
  return digits.replace(/\d/g, (digit) => all[digit]);
}
