// What stands around the digits: signs, currencies, the words of compact notation.

import { words } from "./data.js";
import { numberPattern } from "./number-pattern.js";
import { numberWords } from "./numbering-systems.js";
import { filled, literal, spaced } from "./parts.js";

/** “0K” around the digits. */
export function compactParts(pattern, digits) {
  const [before, after] = numberPattern(pattern).plus.map((tokens) =>
    tokens.flatMap(({ text, symbol }) => spaced(text ?? symbol, "compact")),
  );
  return /0/.test(pattern) ? [...before, ...digits, ...after] : [...before, ...after];
}

/** “$1.2K”; `compact` is the pattern of a compact notation. */
export function priceParts(format, compact, digits, sign, all) {
  const isBookkeeping = format.currencySign === "accounting";
  const pattern = numberPattern(isBookkeeping ? all.accounting : all.currency);
  const currency = currencySymbol(format);
  if (!compact) return affixed(pattern, digits, sign, all, { currency });
  const { plus } = numberPattern(compact);
  const [before, after] = plus;
  const inBrackets = [
    [{ text: "(" }, ...before],
    [...after, { text: ")" }],
  ];
  const minus = isBookkeeping && pattern.minus && sign < 0 ? inBrackets : null;
  return affixed({ plus, minus, isCompact: true }, digits, sign, all, { currency });
}

/** The symbol of the currency, as it is asked for. */
function currencySymbol({ data, currency, currencyDisplay }) {
  if (currencyDisplay === "code") return currency;
  const [, symbol, narrow] = words(data, "currencies")[currency] ?? [currency, currency, currency];
  return currencyDisplay === "narrowSymbol" ? narrow : symbol;
}

/** “1.50 US dollars” */
export function namedCurrency(format, parts, count) {
  const { data, currency } = format;
  const [name, , , counts] = words(data, "currencies")[currency] ?? [currency];
  const { named } = numberWords(format);
  const pattern = named[count] ?? named.other ?? "{0} {1}";
  const value = counts?.[count] ?? counts?.other ?? name;
  return filled(pattern, [parts, [{ type: "currency", value }]]);
}

/** The digits between what the pattern has in front of them and behind; `symbols` tells of currency and per cent. */
export function affixed(pattern, digits, sign, all, symbols) {
  const [front, back] = signed(pattern, sign).map((tokens) =>
    tokens.flatMap((token) => affixParts(token, pattern.isCompact, all.symbols, symbols)),
  );
  if (digits[0].type === "integer") {
    if (isWord(front.at(-1), -1)) front.push(GAP);
    if (isWord(back[0], 0)) back.unshift(GAP);
  }
  return [...front, ...digits, ...back];
}

/** The pattern's tokens on both sides, with the sign. */
function signed({ plus, minus }, sign) {
  const [before, after] = plus;
  if (sign === 0) return plus;
  if (sign < 0) return minus ?? [[{ symbol: "-" }, ...before], after];
  const isSigned = minus?.some((half) => half.some(({ symbol }) => symbol === "-"));
  return isSigned
    ? minus.map((half) => half.map((it) => (it.symbol === "-" ? { symbol: "+" } : it)))
    : [[{ symbol: "+" }, ...before], after];
}

function affixParts({ text, symbol }, isCompact, symbols, { currency, percentType }) {
  switch (symbol) {
    case "¤":
      return currency === undefined ? [] : spaced(currency, "currency");
    case "%":
      return spaced(symbols.percentSign, percentType);
    case "-":
      return spaced(symbols.minusSign, "minusSign");
    case "+":
      return spaced(symbols.plusSign, "plusSign");
    default:
      return isCompact && !/^[\s()\u200e\u200f]*$/.test(text)
        ? spaced(text, "compact")
        : [literal(text)];
  }
}

const GAP = literal("\u00a0");

/** Whether a currency stands against the digits with neither a symbol nor a space: CLDR's currencySpacing. */
const isWord = (part, at) => part?.type === "currency" && !/[\p{S}\p{Z}]/u.test(part.value.at(at));
