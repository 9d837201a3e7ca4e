// `Intl`, and the methods that stand on it (intl/): loaded once, in the zygote. Nothing here reads the words of a
// language, which the first use does.

import { allCollations } from "./intl/collations.js";
import { Collator } from "./intl/collator.js";
import { common, words } from "./intl/data.js";
import { DateTimeFormat } from "./intl/date-time-format.js";
import { ListFormat } from "./intl/list-format.js";
import { Locale } from "./intl/locale.js";
import { localeList } from "./intl/locales.js";
import { NumberFormat } from "./intl/number-format.js";
import { PluralRules } from "./intl/plural-rules.js";
import { RelativeTimeFormat } from "./intl/relative-time-format.js";
import { Segmenter } from "./intl/segmenter.js";
import { speak } from "./intl/to-locale.js";
import { unitNames } from "./intl/unit-parts.js";
import { hidden } from "./web/define.js";
import { Intl as missing } from "./missing.json";
import { absentMembers } from "./web/absent.js";

const VALUES = {
  calendar: () => ["gregory"],
  collation: allCollations,
  currency: () => Object.keys(words("en", "currencies")),
  numberingSystem: () => Object.keys(common("digits")),
  timeZone: () => [...common("zones")],
  unit: unitNames,
};

const Intl = {};
hidden(Intl, {
  ...{ Collator, DateTimeFormat, ListFormat, Locale, NumberFormat, PluralRules },
  ...{ RelativeTimeFormat, Segmenter },
  ...absentMembers("Intl", missing),
  getCanonicalLocales: (locales) => localeList(locales),
  supportedValuesOf(key) {
    const kind = String(key);
    if (Object.hasOwn(VALUES, kind)) return VALUES[kind]();
    throw new RangeError(`there are no values of "${kind.slice(0, 60)}"`);
  },
});
Object.defineProperty(Intl, Symbol.toStringTag, { value: "Intl", configurable: true });
hidden(globalThis, { Intl });
speak();
