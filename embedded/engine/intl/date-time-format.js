// Intl.DateTimeFormat: https://tc39.es/ecma402/#datetimeformat-objects

import { hidden } from "../web/define.js";
import { finish } from "./class.js";
import { fieldsAt, momentOf } from "./civil.js";
import { dateOptions } from "./date-options.js";
import { dateParts } from "./date-parts.js";
import { dateRange } from "./date-range.js";
import { resolvedDateOptions } from "./date-resolved.js";
import { textOf } from "./parts.js";

const formats = new WeakMap();

const formatOf = (object) => {
  const format = formats.get(object);
  if (!format) throw new TypeError("this is no Intl.DateTimeFormat");
  return format;
};

/** A moment as text, by resolved options (date-options.js). */
export const dateText = (format, time) =>
  textOf(dateParts(format, format.pattern, fieldsAt(format.timeZone, time)));

/** `new` may be left out, as of old. */
export function DateTimeFormat(locales, options) {
  const object = Reflect.construct(Object, [], new.target ?? DateTimeFormat);
  formats.set(object, dateOptions(locales, options, "any", "date"));
  return object;
}

const prototype = {
  resolvedOptions() {
    return resolvedDateOptions(formatOf(this));
  },
  formatToParts(value) {
    const format = formatOf(this);
    return dateParts(format, format.pattern, fieldsAt(format.timeZone, momentOf(value)));
  },
  formatRange(start, end) {
    return textOf(rangeOf(this, start, end));
  },
  formatRangeToParts(start, end) {
    return rangeOf(this, start, end);
  },
};

function rangeOf(object, start, end) {
  const format = formatOf(object);
  if (start === undefined || end === undefined)
    throw new TypeError("a range needs a start and an end");
  return dateRange(format, momentOf(start), momentOf(end));
}

DateTimeFormat.prototype = {};
hidden(DateTimeFormat.prototype, { constructor: DateTimeFormat, ...prototype });
Object.defineProperty(DateTimeFormat.prototype, "format", {
  get() {
    const format = formatOf(this);
    format.bound ??= (value) => dateText(format, momentOf(value));
    return format.bound;
  },
  configurable: true,
});
finish(DateTimeFormat, "DateTimeFormat");
