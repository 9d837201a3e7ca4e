// Numbers, currencies and units of one locale.

import { UNITS } from "./units.mjs";

/** How numbers are written, by numbering system: the language's own, and that of Latin digits. */
export function numbersOf(numbers) {
  const { defaultNumberingSystem: system } = numbers;
  const systems = [...new Set(["latn", system])];
  return {
    system,
    grouping: Number(numbers.minimumGroupingDigits),
    systems: Object.fromEntries(systems.map((name) => [name, systemOf(numbers, name)])),
  };
}

function systemOf(numbers, name) {
  const of = (kind) => numbers[`${kind}-numberSystem-${name}`] ?? {};
  const [decimal, currency] = [of("decimalFormats"), of("currencyFormats")];
  const { range, approximately } = of("miscPatterns");
  return {
    symbols: symbolsOf(of("symbols")),
    decimal: decimal.standard,
    percent: of("percentFormats").standard,
    currency: currency.standard,
    accounting: currency.accounting,
    compact: {
      long: powers(decimal.long.decimalFormat),
      short: powers(decimal.short.decimalFormat),
    },
    compactCurrency: powers(currency.short?.standard ?? {}),
    named: counted(currency, "unitPattern"),
    range,
    approximately,
  };
}

function symbolsOf(all) {
  const symbols = { ...all };
  for (const unused of ["list", "superscriptingExponent", "perMille"]) delete symbols[unused];
  return symbols;
}

/** `{ one: …, other: … }` of what is named KIND-count-one, KIND-count-other. */
function counted(record, kind) {
  const start = `${kind}-count-`;
  const own = Object.entries(record).filter(([key]) => key.startsWith(start));
  return Object.fromEntries(own.map(([key, text]) => [key.slice(start.length), text]));
}

/** `{ 3: { one: "0K", other: "0K" }, … }` by the power of ten. */
function powers(patterns) {
  const found = {};
  for (const [key, pattern] of Object.entries(patterns)) {
    const [, one, count] = /^(10+)-count-(\w+)$/.exec(key) ?? [];
    if (one) (found[one.length - 1] ??= {})[count] = pattern;
  }
  return found;
}

/** `[name, symbol, narrow symbol, { one, other, … }]` of the currencies that somebody pays with today. */
export function currenciesOf(currencies, currencyData) {
  const found = {};
  for (const code of codesOfToday(currencyData)) {
    const it = currencies[code] ?? {};
    const { displayName: name = code, symbol = code } = it;
    found[code] = [name, symbol, it["symbol-alt-narrow"] ?? symbol];
    const counts = counted(it, "displayName");
    if (Object.values(counts).some((each) => each !== name)) found[code].push(counts);
  }
  return found;
}

function codesOfToday({ region }) {
  const used = new Set();
  for (const list of Object.values(region)) {
    for (const [code, { _to, _tender }] of list.flatMap((it) => Object.entries(it))) {
      if (!_to && _tender !== "false") used.add(code);
    }
  }
  return [...used].sort();
}

/** By width and name of a unit: its patterns by plural, and that of “per” it. */
export function unitsOf(units) {
  const of = (width) => {
    const found = { per: units[width].per.compoundUnitPattern };
    for (const [key, it] of Object.entries(units[width])) {
      if (UNITS[key]) found[UNITS[key]] = { per: it.perUnitPattern, ...counted(it, "unitPattern") };
    }
    return found;
  };
  return { long: of("long"), short: of("short"), narrow: of("narrow") };
}
