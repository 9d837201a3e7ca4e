// Compact and scientific notation: the power of ten that is taken out of a number, “1.2M”, “1.2E6”.

import { isZero, shifted } from "./decimal.js";
import { asShown } from "./digit-options.js";
import { inSystem } from "./numbering-systems.js";
import { spaced } from "./parts.js";

/** The number as shown at the power of ten that a compact or scientific notation takes out. */
export function atPower(format, number, all) {
  if (number.special || format.notation === "standard")
    return { shown: plain(format, number), power: 0 };
  const magnitude = isZero(number) ? 0 : number.point - 1;
  const first = powerAt(format, magnitude, all);
  const shown = plain(format, shifted(number, -first.power));
  const now = isZero(shown.number) ? magnitude : shown.number.point - 1 + first.power;
  if (now === magnitude) return { shown, ...first };
  const second = powerAt(format, now, all);
  return { shown: plain(format, shifted(number, -second.power)), ...second };
}

const plain = (format, number) =>
  number.special ? { number, whole: "", part: "" } : asShown(number, format.digits);

function powerAt({ notation, compactDisplay, style, currencyDisplay }, magnitude, all) {
  if (notation === "scientific") return { power: magnitude };
  if (notation === "engineering") return { power: Math.floor(magnitude / 3) * 3 };
  const isPrice = style === "currency" && currencyDisplay !== "name";
  const long = isPrice ? "short" : compactDisplay;
  const table = isPrice ? all.compactCurrency : all.compact[long];
  const largest = Math.max(...Object.keys(table), 0);
  const compact = table[Math.min(magnitude, largest)];
  const zeros = compact ? (/0+/.exec(compact.other)?.[0].length ?? 0) : 0;
  if (!compact || isBare(compact.other)) return { power: 0 };
  return { power: Math.min(magnitude, largest) - zeros + 1, compact };
}

/** “0” alone: the language does not shorten this. */
const isBare = (pattern) => /^[0¤\s]+$/.test(pattern);

/** “E-6” */
export function exponentParts(power, symbols, system) {
  const parts = [{ type: "exponentSeparator", value: symbols.exponential }];
  if (power < 0) parts.push(...spaced(symbols.minusSign, "exponentMinusSign"));
  return [...parts, { type: "exponentInteger", value: inSystem(String(Math.abs(power)), system) }];
}
