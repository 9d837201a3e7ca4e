// What `Intl` needs of one locale, shortened: `numbers`, `currencies`, `units`, `dates`, `zones`, `words`.

import { datesOf, zonesOf } from "./dates.mjs";
import { currenciesOf, numbersOf, unitsOf } from "./numbers.mjs";
import { listsOf, relativeOf } from "./words.mjs";

/** All sections of a locale, by name. `read` gives a file of CLDR's packages as JSON. */
export async function sections(read, tag) {
  const main = async (path) => (await read(`cldr-${path.replace("*", `main/${tag}`)}`)).main[tag];
  const { numbers } = await main("numbers-full/*/numbers.json");
  const { currencies } = (await main("numbers-full/*/currencies.json")).numbers;
  const { units } = await main("units-full/*/units.json");
  const { gregorian } = (await main("dates-full/*/ca-gregorian.json")).dates.calendars;
  const { fields } = (await main("dates-full/*/dateFields.json")).dates;
  const { timeZoneNames } = (await main("dates-full/*/timeZoneNames.json")).dates;
  const { listPatterns } = await main("misc-full/*/listPatterns.json");
  const { supplemental } = await read("cldr-core/supplemental/currencyData.json");
  return {
    numbers: numbersOf(numbers),
    currencies: currenciesOf(currencies, supplemental.currencyData),
    units: unitsOf(units),
    dates: datesOf(gregorian, fields),
    zones: zonesOf(timeZoneNames),
    words: { lists: listsOf(listPatterns), relative: relativeOf(fields) },
  };
}
