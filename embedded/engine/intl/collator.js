// Intl.Collator: https://tc39.es/ecma402/#collator-objects

import { hidden } from "../web/define.js";
import { finish } from "./class.js";
import { hasCollation } from "./collations.js";
import { collate } from "./host.js";
import { localeList, resolve } from "./locales.js";
import { booleanOption, localeMatcher, optionsObject, textOption, typeOption } from "./options.js";

const collators = new WeakMap();

const collatorOf = (object) => {
  const collator = collators.get(object);
  if (!collator) throw new TypeError("this is no Intl.Collator");
  return collator;
};

export const CASES = ["upper", "lower", "false"];
const SENSITIVITIES = ["base", "accent", "case", "variant"];

/** `{ shown, how }`: the resolved options, and what Rust compares by. */
export function collator(locales, given) {
  const requested = localeList(locales);
  const options = optionsObject(given);
  const usage = textOption(options, "usage", ["sort", "search"], "sort");
  localeMatcher(options);
  const { locale, data, co, kn, kf } = resolve(requested, keyOptions(options));
  const sensitivity = textOption(options, "sensitivity", SENSITIVITIES, "variant");
  const ignorePunctuation = booleanOption(options, "ignorePunctuation", false);
  const shown = {
    ...{ locale, usage, sensitivity, ignorePunctuation, collation: co ?? "default" },
    ...{ numeric: kn === "true", caseFirst: kf ?? "false" },
  };
  const tag = co ? `${data}-u-co-${co}` : data;
  const how = [tag, sensitivity, shown.numeric, shown.caseFirst, ignorePunctuation].join(" ");
  return { shown, how };
}

/** Those that a tag's keywords may say as well. */
function keyOptions(options) {
  const collation = typeOption(options, "collation");
  const numeric = booleanOption(options, "numeric");
  const caseFirst = textOption(options, "caseFirst", CASES);
  const isBoolean = (text) => text === "true" || text === "false";
  return {
    co: { option: collation, has: hasCollation },
    kn: { option: numeric === undefined ? undefined : String(numeric), has: isBoolean },
    kf: { option: caseFirst, has: (it) => CASES.includes(it) },
  };
}

/** `new` may be left out, as of old. */
export function Collator(locales, options) {
  const object = Reflect.construct(Object, [], new.target ?? Collator);
  collators.set(object, collator(locales, options));
  return object;
}

Collator.prototype = {};
hidden(Collator.prototype, {
  constructor: Collator,
  resolvedOptions() {
    return { ...collatorOf(this).shown };
  },
});
Object.defineProperty(Collator.prototype, "compare", {
  get() {
    const own = collatorOf(this);
    own.bound ??= (one, other) => collate(own.how, String(one), String(other));
    return own.bound;
  },
  configurable: true,
});
finish(Collator, "Collator");
