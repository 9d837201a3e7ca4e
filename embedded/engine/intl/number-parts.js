// A number in parts, by the resolved options of a NumberFormat (number-format.js).

import { decimalOf, isZero, shifted } from "./decimal.js";
import { pluralCategory } from "./host.js";
import { digitsOf } from "./number-digits.js";
import { affixed, compactParts, namedCurrency, priceParts } from "./number-affixes.js";
import { numberPattern } from "./number-pattern.js";
import { atPower, exponentParts } from "./number-powers.js";
import { numberWords } from "./numbering-systems.js";
import { joined } from "./parts.js";
import { unitParts } from "./unit-parts.js";

/** The parts of a value. */
export const numberParts = (format, value) => joined(partsOf(format, decimalOf(value)));

/** The parts of a number (decimal.js), of which literals may stand side by side. */
export function partsOf(format, decimal) {
  const { parts, count } = innerParts(format, decimal);
  return withUnit(format, parts, count());
}

/** `{ parts, count }`: all but the unit or the name of the currency, and what gives the plural category. */
export function innerParts(format, decimal) {
  const all = numberWords(format);
  const scaled = format.style === "percent" ? shifted(decimal, 2) : decimal;
  const { shown, power, compact } = atPower(format, scaled, all);
  const sign = signOf(format, decimal, shown);
  const digits = digitsOf(format, decimal, shown, all);
  if (isScientific(format) && !decimal.special) {
    digits.push(...exponentParts(power, all.symbols, format.numberingSystem));
  }
  const pattern = compact && compactPattern(format, decimal, shown, compact);
  const count = () => countOf(format, decimal, shown, power);
  if (format.style === "currency" && format.currencyDisplay !== "name") {
    return { parts: priceParts(format, pattern, digits, sign, all), count };
  }
  const own = pattern ? compactParts(pattern, digits) : digits;
  return { parts: signedParts(format, own, sign, all), count };
}

const isScientific = ({ notation }) => notation === "scientific" || notation === "engineering";

/** The word for the power goes with the digits in front of it. */
function compactPattern(format, decimal, shown, compact) {
  const isOne = shown.whole === "1" && shown.part === "";
  return (isOne && compact["1"]) || (compact[countOf(format, decimal, shown, 0)] ?? compact.other);
}

/** With the sign, and with the per cent where that is part of a pattern. */
function signedParts({ style, unit, unitDisplay, notation }, digits, sign, all) {
  const isCompact = notation === "compact";
  const isUnitOfPercent = unit === "percent" && unitDisplay !== "long" && !isCompact;
  const isPercent = isUnitOfPercent || (style === "percent" && !isCompact);
  const pattern = numberPattern(isPercent ? all.percent : all.decimal);
  return affixed(pattern, digits, sign, all, {
    percentType: isUnitOfPercent ? "unit" : "percentSign",
  });
}

/** With the unit or the name of the currency; ICU takes the sign of a shortened percentage from the unit “percent”. */
export function withUnit(format, parts, count) {
  const { style, unit, unitDisplay, notation, currencyDisplay } = format;
  const isCompact = notation === "compact";
  if (style === "currency" && currencyDisplay === "name")
    return namedCurrency(format, parts, count);
  if (style === "percent" && isCompact) {
    return unitParts({ ...format, unit: "percent", unitDisplay: "short" }, parts, count);
  }
  const hasUnit = style === "unit" && (unit !== "percent" || unitDisplay === "long" || isCompact);
  return hasUnit ? unitParts(format, parts, count) : parts;
}

/** The plural category of what is shown. */
function countOf({ data }, decimal, { whole, part }, power) {
  if (decimal.special) return "other";
  const digits = part ? `${whole}.${part}` : whole;
  return pluralCategory(data, false, power === 0 ? digits : `${digits}c${power}`);
}

/** 1, -1 or 0 for “+”, “-” and none. */
function signOf({ signDisplay }, { isNegative, special }, { number }) {
  const isNothing = special === "nan" || isZero(number);
  switch (signDisplay) {
    case "never":
      return 0;
    case "always":
      return isNegative ? -1 : 1;
    case "exceptZero":
      return isNothing ? 0 : isNegative ? -1 : 1;
    case "negative":
      return isNegative && !isNothing ? -1 : 0;
    default:
      return isNegative && special !== "nan" ? -1 : 0;
  }
}
