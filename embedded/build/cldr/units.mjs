// The simple units that ECMA-402 allows, by their names in CLDR.

const GROUPS = {
  angle: ["degree"],
  area: ["acre", "hectare"],
  concentr: ["percent"],
  digital: ["bit", "byte", "gigabit", "gigabyte", "kilobit", "kilobyte", "megabit", "megabyte"],
  duration: ["day", "hour", "microsecond", "millisecond", "minute", "month", "nanosecond"],
  length: ["centimeter", "foot", "inch", "kilometer", "meter", "mile", "mile-scandinavian"],
  mass: ["gram", "kilogram", "ounce", "pound", "stone"],
  temperature: ["celsius", "fahrenheit"],
  volume: ["fluid-ounce", "gallon", "liter", "milliliter"],
};
GROUPS.digital.push("petabyte", "terabit", "terabyte");
GROUPS.duration.push("second", "week", "year");
GROUPS.length.push("millimeter", "yard");
// Of two units, those that have a pattern of their own.
GROUPS.consumption = ["liter-per-kilometer", "mile-per-gallon"];
GROUPS.speed = ["kilometer-per-hour", "meter-per-second", "mile-per-hour"];

/** `{ "length-mile": "mile", … }` */
export const UNITS = Object.fromEntries(
  Object.entries(GROUPS).flatMap(([group, names]) =>
    names.map((name) => [`${group}-${name}`, name]),
  ),
);
