// What `resolvedOptions` of a DateTimeFormat gives.

import { letters } from "./date-pattern.js";
import { tokens } from "./date-tokens.js";

export function resolvedDateOptions(format) {
  const { locale, calendar, numberingSystem, timeZone, hourCycle, dateStyle, timeStyle } = format;
  const result = { locale, calendar, numberingSystem, timeZone };
  if (hourCycle) Object.assign(result, { hourCycle, hour12: /h1[12]/.test(hourCycle) });
  const hasStyle = dateStyle !== undefined || timeStyle !== undefined;
  if (!hasStyle) Object.assign(result, shownFields(format));
  if (dateStyle !== undefined) result.dateStyle = dateStyle;
  if (timeStyle !== undefined) result.timeStyle = timeStyle;
  return result;
}

/** The fields as the pattern shows them, which may be otherwise than was asked for. */
function shownFields({ pattern, timeZoneName, fractionalSecondDigits }) {
  const lengths = {};
  for (const { letter, length } of tokens(pattern)) if (letter) lengths[letter] ??= length;
  const widthOf = (of) => WIDTHS[[...of].map((letter) => lengths[letter]).find(Boolean)];
  const found = {
    weekday: asName(widthOf("Ece")),
    era: asName(widthOf("G")),
    year: widthOf("yur") && (widthOf("yur") === "2-digit" ? "2-digit" : "numeric"),
    month: widthOf("ML"),
    day: widthOf("d"),
    dayPeriod: asName(widthOf("Bb")),
    hour: widthOf("hHkK"),
    minute: widthOf("m"),
    second: widthOf("s"),
    fractionalSecondDigits: lengths.S && fractionalSecondDigits,
    timeZoneName: /[zvO]/.test(letters(pattern)) ? timeZoneName : undefined,
  };
  return Object.fromEntries(Object.entries(found).filter(([, value]) => value !== undefined));
}

/** By the number of letters that stand for a field. */
const WIDTHS = [undefined, "numeric", "2-digit", "short", "long", "narrow"];

/** A name with fewer letters than three is short as well. */
const asName = (width) => (width === "numeric" || width === "2-digit" ? "short" : width);
