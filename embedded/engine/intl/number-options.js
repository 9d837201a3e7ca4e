// The options of a NumberFormat: https://tc39.es/ecma402/#sec-intl.numberformat

import { common } from "./data.js";
import { digitOptions } from "./digit-options.js";
import { localeList, resolve } from "./locales.js";
import { systemFallback, systemKey } from "./numbering-systems.js";
import { localeMatcher, oneOf, optionsObject, textOption, typeOption } from "./options.js";
import { isUnit } from "./unit-parts.js";

const STYLES = ["decimal", "percent", "currency", "unit"];
const NOTATIONS = ["standard", "scientific", "engineering", "compact"];
const SIGNS = ["auto", "never", "always", "exceptZero", "negative"];
const CURRENCY_DISPLAYS = ["code", "symbol", "narrowSymbol", "name"];
const CURRENCY_SIGNS = ["standard", "accounting"];
const UNIT_DISPLAYS = ["short", "narrow", "long"];

/** The resolved options, as number-parts.js takes them. */
export function numberFormat(locales, given) {
  const requested = localeList(locales);
  const options = optionsObject(given);
  localeMatcher(options);
  const system = systemKey(typeOption(options, "numberingSystem"));
  const { locale, data, nu } = resolve(requested, system, systemFallback);
  const format = { locale, data, numberingSystem: nu, ...styleOptions(options) };
  format.notation = textOption(options, "notation", NOTATIONS, "standard");
  format.digits = digitOptions(options, usualDigits(format), format.notation);
  const compactDisplay = textOption(options, "compactDisplay", ["short", "long"], "short");
  const isCompact = format.notation === "compact";
  if (isCompact) format.compactDisplay = compactDisplay;
  format.useGrouping = grouping(options, isCompact ? "min2" : "auto");
  format.signDisplay = textOption(options, "signDisplay", SIGNS, "auto");
  return format;
}

/** All are read and checked, and those of the style are kept. */
function styleOptions(options) {
  const style = textOption(options, "style", STYLES, "decimal");
  const currency = currencyOption(options, style);
  const currencyDisplay = textOption(options, "currencyDisplay", CURRENCY_DISPLAYS, "symbol");
  const currencySign = textOption(options, "currencySign", CURRENCY_SIGNS, "standard");
  const unit = unitOption(options, style);
  const unitDisplay = textOption(options, "unitDisplay", UNIT_DISPLAYS, "short");
  if (style === "currency") return { style, currency, currencyDisplay, currencySign };
  return style === "unit" ? { style, unit, unitDisplay } : { style };
}

function currencyOption(options, style) {
  const currency = textOption(options, "currency");
  if (currency !== undefined && !/^[a-z]{3}$/i.test(currency)) {
    throw new RangeError(`currency must be three letters, not "${currency.slice(0, 60)}"`);
  }
  if (style === "currency" && currency === undefined) {
    throw new TypeError('style "currency" needs a currency, such as currency: "EUR"');
  }
  return currency?.toUpperCase();
}

function unitOption(options, style) {
  const unit = textOption(options, "unit");
  if (unit !== undefined && !isUnit(unit)) {
    throw new RangeError(`there is no unit "${unit.slice(0, 60)}"`);
  }
  if (style === "unit" && unit === undefined) {
    throw new TypeError('style "unit" needs a unit, such as unit: "liter"');
  }
  return unit;
}

function usualDigits({ style, currency, notation }) {
  if (style === "currency" && notation === "standard") {
    const digits = common("fractions")[currency] ?? 2;
    return [digits, digits];
  }
  return style === "percent" ? [0, 0] : [0, 3];
}

function grouping({ useGrouping: value }, usual) {
  if (value === undefined || value === "true" || value === "false") return usual;
  if (value === true) return "always";
  if (!value) return false;
  return oneOf(String(value), "useGrouping", ["min2", "auto", "always"]);
}
