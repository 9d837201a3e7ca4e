// Intl.NumberFormat: https://tc39.es/ecma402/#numberformat-objects

import { hidden } from "../web/define.js";
import { finish } from "./class.js";
import { resolvedDigits, resolvedRounding } from "./digit-options.js";
import { numberFormat } from "./number-options.js";
import { numberParts } from "./number-parts.js";
import { numberRange } from "./number-range.js";
import { textOf } from "./parts.js";

const formats = new WeakMap();

/** What a constructed NumberFormat has resolved. */
const numberFormatOf = (object) => {
  const format = formats.get(object);
  if (!format) throw new TypeError("this is no Intl.NumberFormat");
  return format;
};

/** `new` may be left out, as of old. */
export function NumberFormat(locales, options) {
  const object = Reflect.construct(Object, [], new.target ?? NumberFormat);
  formats.set(object, numberFormat(locales, options));
  return object;
}

const prototype = {
  resolvedOptions() {
    const format = numberFormatOf(this);
    const { locale, numberingSystem, style, notation, compactDisplay, useGrouping, signDisplay } =
      format;
    const result = { locale, numberingSystem, style };
    for (const name of ["currency", "currencyDisplay", "currencySign", "unit", "unitDisplay"]) {
      if (format[name] !== undefined) result[name] = format[name];
    }
    Object.assign(result, resolvedDigits(format.digits), { useGrouping, notation });
    if (compactDisplay !== undefined) result.compactDisplay = compactDisplay;
    return Object.assign(result, { signDisplay }, resolvedRounding(format.digits));
  },
  formatToParts(value) {
    return numberParts(numberFormatOf(this), value);
  },
  formatRange(start, end) {
    return textOf(numberRange(numberFormatOf(this), start, end));
  },
  formatRangeToParts(start, end) {
    return numberRange(numberFormatOf(this), start, end);
  },
};

NumberFormat.prototype = {};
hidden(NumberFormat.prototype, { constructor: NumberFormat, ...prototype });
Object.defineProperty(NumberFormat.prototype, "format", {
  get() {
    const format = numberFormatOf(this);
    format.bound ??= (value) => textOf(numberParts(format, value));
    return format.bound;
  },
  configurable: true,
});
finish(NumberFormat, "NumberFormat");
