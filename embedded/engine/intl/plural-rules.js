// Intl.PluralRules: https://tc39.es/ecma402/#pluralrules-objects

import { decimalOf } from "./decimal.js";
import { asShown, digitOptions, resolvedDigits, resolvedRounding } from "./digit-options.js";
import { finish } from "./class.js";
import { pluralCategories, pluralCategory } from "./host.js";
import { localeList, resolve } from "./locales.js";
import { localeMatcher, optionsObject, textOption } from "./options.js";
import { rangeCategory } from "./plural-ranges.js";

export class PluralRules {
  #rules;

  constructor(locales, given) {
    const requested = localeList(locales);
    const options = optionsObject(given);
    localeMatcher(options);
    const type = textOption(options, "type", ["cardinal", "ordinal"], "cardinal");
    const digits = digitOptions(options, [0, 3], "standard");
    this.#rules = { ...resolve(requested, {}), type, digits };
  }

  select(value) {
    return this.#categoryOf(decimalOf(Number(value)));
  }

  selectRange(start, end) {
    if (start === undefined || end === undefined)
      throw new TypeError("a range needs a start and an end");
    const ends = [start, end].map((value) => decimalOf(value));
    if (ends.some(({ special }) => special === "nan"))
      throw new RangeError("NaN has no place in a range");
    const [one, other] = ends.map((value) => this.#categoryOf(value));
    return rangeCategory(this.#rules.data, one, other);
  }

  resolvedOptions() {
    const { locale, data, type, digits } = this.#rules;
    return {
      ...{ locale, type, notation: "standard" },
      ...resolvedDigits(digits),
      pluralCategories: ordered(pluralCategories(data, type === "ordinal")),
      ...resolvedRounding(digits),
    };
  }

  #categoryOf(decimal) {
    const { data, type, digits } = this.#rules;
    if (decimal.special) return "other";
    const { whole, part } = asShown(decimal, digits);
    return pluralCategory(data, type === "ordinal", part ? `${whole}.${part}` : whole);
  }
}

const ORDER = ["zero", "one", "two", "few", "many", "other"];
const ordered = (names) => ORDER.filter((name) => names.includes(name));

finish(PluralRules, "PluralRules");
