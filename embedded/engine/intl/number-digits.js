// The digits of a number, in groups.

import { inSystem } from "./numbering-systems.js";
import { numberPattern } from "./number-pattern.js";

/** The parts of what is shown, without a sign. */
export function digitsOf(format, { special }, { whole, part }, all) {
  const { symbols } = all;
  if (special === "nan") return [{ type: "nan", value: symbols.nan }];
  if (special === "infinity") return [{ type: "infinity", value: symbols.infinity }];
  const parts = [];
  for (const [at, group] of grouped(whole, format, all).entries()) {
    if (at > 0) parts.push({ type: "group", value: groupSign(format, symbols) });
    parts.push({ type: "integer", value: inSystem(group, format.numberingSystem) });
  }
  if (part !== "") {
    const sign = format.style === "currency" ? symbols.currencyDecimal : undefined;
    parts.push({ type: "decimal", value: sign ?? symbols.decimal });
    parts.push({ type: "fraction", value: inSystem(part, format.numberingSystem) });
  }
  return parts;
}

const groupSign = ({ style }, symbols) =>
  (style === "currency" ? symbols.currencyGroup : undefined) ?? symbols.group;

function grouped(whole, { useGrouping, style, currencySign }, all) {
  const price = currencySign === "accounting" ? all.accounting : all.currency;
  const pattern = style === "currency" ? price : all.decimal;
  const [last, others] = numberPattern(pattern).groups;
  const least = { auto: all.grouping, always: 1, min2: Math.max(2, all.grouping) }[useGrouping];
  if (!least || last === 0 || whole.length < last + least) return [whole];
  const groups = [whole.slice(-last)];
  for (let end = whole.length - last; end > 0; end -= others) {
    groups.push(whole.slice(Math.max(0, end - others), end));
  }
  return groups.reverse();
}
