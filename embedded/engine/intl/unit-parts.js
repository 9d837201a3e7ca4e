// “5 km/h”, “5 kilometers per hour”: units from CLDR's patterns.

import { words } from "./data.js";
import { filled } from "./parts.js";

const SIMPLE = new Set(
  (
    "acre bit byte celsius centimeter day degree fahrenheit fluid-ounce foot gallon gigabit gigabyte gram hectare " +
    "hour inch kilobit kilobyte kilogram kilometer liter megabit megabyte meter microsecond mile " +
    "mile-scandinavian milliliter millimeter millisecond minute month nanosecond ounce percent petabyte pound " +
    "second stone terabit terabyte week yard year"
  ).split(" "),
);

/** The names for `Intl.supportedValuesOf`. */
export const unitNames = () => [...SIMPLE];

/** A simple unit, or two with `-per-` between them. */
export function isUnit(name) {
  if (SIMPLE.has(name)) return true;
  const [one, other, ...more] = name.split("-per-");
  return more.length === 0 && SIMPLE.has(one) && SIMPLE.has(other);
}

/** The digits with the unit around them, by the plural category. */
export function unitParts({ data, unit, unitDisplay }, parts, count) {
  const units = words(data, "units")[unitDisplay];
  const whole = units[unit];
  if (whole) return filled(whole[count] ?? whole.other, [parts], "unit");
  const [one, other] = unit.split("-per-");
  const counted = units[one][count] ?? units[one].other;
  const { per } = units[other];
  if (per) return filled(per.replace("{0}", counted), [parts], "unit");
  const single = units[other].one ?? units[other].other;
  const name = single.replace("{0}", "").trim();
  return filled(units.per.replace("{0}", counted).replace("{1}", name), [parts], "unit");
}
