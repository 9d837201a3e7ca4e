// The methods of the language that speak one: `toLocaleString` and its kin.

import { hidden } from "../web/define.js";
import { momentOf } from "./civil.js";
import { collator } from "./collator.js";
import { dateOptions } from "./date-options.js";
import { dateText } from "./date-time-format.js";
import { collate, lower, upper } from "./host.js";
import { withoutExtensions } from "./locale-data.js";
import { DEFAULT, localeList } from "./locales.js";
import { numberFormat } from "./number-options.js";
import { numberParts } from "./number-parts.js";
import { textOf } from "./parts.js";

const { getTime } = Date.prototype;
const thisNumber = Number.prototype.valueOf;
const thisBigInt = BigInt.prototype.valueOf;

/** One format is kept for each method, for calls that say nothing else or the same text again. */
function kept(make) {
  let [last, lastLocale] = [undefined, undefined];
  return (locale, options) => {
    if (options !== undefined || (locale !== undefined && typeof locale !== "string")) {
      return make(locale, options);
    }
    if (last === undefined || lastLocale !== locale) [last, lastLocale] = [make(locale), locale];
    return last;
  };
}

const numbers = kept(numberFormat);
const orders = kept(collator);

function dateMethod(required, defaults) {
  const formats = kept((locales, options) => dateOptions(locales, options, required, defaults));
  return (date, locales, options) => {
    const time = getTime.call(date);
    const format = formats(locales, options);
    return Number.isNaN(time) ? "Invalid Date" : dateText(format, momentOf(time));
  };
}

const [whole, day, time] = [
  dateMethod("any", "all"),
  dateMethod("date", "date"),
  dateMethod("time", "time"),
];

function text(value, name) {
  if (value === undefined || value === null)
    throw new TypeError(`String.prototype.${name} needs a text`);
  return String(value);
}

/** The language whose rules for letters count: of the first tag. */
function caseLanguage(locales) {
  const [first = DEFAULT] = localeList(locales);
  return withoutExtensions(first);
}

const { toLowerCase, toUpperCase } = String.prototype;
const isOwn = (tag) => /^(?:tr|az|lt|el|hy|nl)\b/.test(tag);

const numberMethods = (valueOf) => ({
  toLocaleString(locales, options) {
    return textOf(numberParts(numbers(locales, options), valueOf.call(this)));
  },
});

const dateMethods = {
  toLocaleString(locales, options) {
    return whole(this, locales, options);
  },
  toLocaleDateString(locales, options) {
    return day(this, locales, options);
  },
  toLocaleTimeString(locales, options) {
    return time(this, locales, options);
  },
};

const textMethods = {
  localeCompare(that, locales, options) {
    const own = text(this, "localeCompare");
    return collate(orders(locales, options).how, own, String(that));
  },
  toLocaleUpperCase(locales) {
    const own = text(this, "toLocaleUpperCase");
    const tag = caseLanguage(locales);
    return isOwn(tag) ? upper(tag, own) : toUpperCase.call(own);
  },
  toLocaleLowerCase(locales) {
    const own = text(this, "toLocaleLowerCase");
    const tag = caseLanguage(locales);
    return isOwn(tag) ? lower(tag, own) : toLowerCase.call(own);
  },
};

/** Puts the methods in place. */
export function speak() {
  hidden(Number.prototype, numberMethods(thisNumber));
  hidden(BigInt.prototype, numberMethods(thisBigInt));
  hidden(Date.prototype, dateMethods);
  hidden(String.prototype, textMethods);
  for (const Class of [Array, Object.getPrototypeOf(Uint8Array)]) {
    hidden(Class.prototype, { toLocaleString: listText });
  }
  const { toLocaleDateString, toLocaleTimeString } = dateMethods;
  const classes = [Number, BigInt, Date, Array].map(({ prototype }) => prototype.toLocaleString);
  for (const method of [...classes, toLocaleDateString, toLocaleTimeString]) {
    Object.defineProperty(method, "length", { value: 0, configurable: true });
  }
  const { localeCompare, toLocaleLowerCase, toLocaleUpperCase } = textMethods;
  Object.defineProperty(localeCompare, "length", { value: 1, configurable: true });
  for (const method of [toLocaleLowerCase, toLocaleUpperCase]) {
    Object.defineProperty(method, "length", { value: 0, configurable: true });
  }
}

/** The lists that are being written: one that contains itself is empty there. */
const open = new Set();

function listText(locales, options) {
  const list = Object(this);
  if (open.has(list)) return "";
  open.add(list);
  try {
    const texts = [];
    for (let at = 0; at < list.length; at += 1) {
      const item = list[at];
      const isNothing = item === undefined || item === null;
      texts.push(isNothing ? "" : String(item.toLocaleString(locales, options)));
    }
    return texts.join(",");
  } finally {
    open.delete(list);
  }
}
Object.defineProperty(listText, "name", { value: "toLocaleString" });
