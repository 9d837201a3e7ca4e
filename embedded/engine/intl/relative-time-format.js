// Intl.RelativeTimeFormat: https://tc39.es/ecma402/#relativetimeformat-objects

import { finish } from "./class.js";
import { words } from "./data.js";
import { localeList, resolve } from "./locales.js";
import { numberFormat } from "./number-options.js";
import { numberParts } from "./number-parts.js";
import { systemFallback, systemKey } from "./numbering-systems.js";
import { localeMatcher, optionsObject, textOption, typeOption } from "./options.js";
import { literal, textOf } from "./parts.js";
import { PluralRules } from "./plural-rules.js";

const UNITS = ["second", "minute", "hour", "day", "week", "month", "quarter", "year"];

export class RelativeTimeFormat {
  #format;

  constructor(locales, given) {
    const requested = localeList(locales);
    const options = optionsObject(given);
    localeMatcher(options);
    const system = systemKey(typeOption(options, "numberingSystem"));
    const { locale, data, nu } = resolve(requested, system, systemFallback);
    const style = textOption(options, "style", ["long", "short", "narrow"], "long");
    const numeric = textOption(options, "numeric", ["always", "auto"], "always");
    this.#format = { locale, data, style, numeric, numberingSystem: nu };
  }

  format(value, unit) {
    return textOf(this.formatToParts(value, unit));
  }

  formatToParts(value, unit) {
    const [number, name] = [Number(value), unitOf(String(unit))];
    if (!Number.isFinite(number)) throw new RangeError(`${number} is no length of time`);
    const { data, style, numeric } = this.#format;
    const { future, past, named } = words(data, "words").relative[name][style];
    if (numeric === "auto" && named[String(number)] !== undefined && !Object.is(number, -0)) {
      return [literal(named[number])];
    }
    if (numeric === "auto" && number === 0 && named["0"] !== undefined)
      return [literal(named["0"])];
    const isPast = number < 0 || Object.is(number, -0);
    return this.#counted(Math.abs(number), name, isPast ? past : future);
  }

  #counted(number, unit, patterns) {
    const format = this.#format;
    format.numbers ??= numberFormat(format.locale, { numberingSystem: format.numberingSystem });
    format.rules ??= new PluralRules(format.locale);
    const pattern = patterns[format.rules.select(number)] ?? patterns.other;
    const [before, after] = pattern.split("{0}");
    const parts = numberParts(format.numbers, number).map((part) => ({ ...part, unit }));
    return [
      ...(before ? [literal(before)] : []),
      ...(after === undefined ? [] : parts),
      ...(after ? [literal(after)] : []),
    ];
  }

  resolvedOptions() {
    const { locale, style, numeric, numberingSystem } = this.#format;
    return { locale, style, numeric, numberingSystem };
  }
}

function unitOf(name) {
  const single = name.replace(/s$/, "");
  if (UNITS.includes(single)) return single;
  throw new RangeError(
    `there is no unit "${name.slice(0, 60)}"; a length of time is in ${UNITS.join(", ")}`,
  );
}

finish(RelativeTimeFormat, "RelativeTimeFormat");
