// Time zones by their names, and the machine's own.

import { machineZone, zoneName } from "./host.js";

/** The zone of the machine, which `Date` has as well: by its offset of now where it has no name. */
const OWN_ZONE = usual(machineZone ?? offsetName(-new Date().getTimezoneOffset()));

/** One name for what is the same everywhere; only for the machine's own, as in Bun. */
function usual(name) {
  return /^(?:\+00:00|(?:Etc\/)?(?:GMT[+-]?0?|Greenwich|UCT|UTC|Universal|Zulu))$/.test(name)
    ? "UTC"
    : name;
}

/** “+05:30” of minutes east of Greenwich. */
function offsetName(minutes) {
  const [hour, minute] = [Math.floor(Math.abs(minutes) / 60), Math.abs(minutes) % 60];
  const digits = [hour, minute].map((it) => String(it).padStart(2, "0"));
  return (minutes < 0 ? "-" : "+") + digits.join(":");
}

/** The name of the zone that an option asks for, or an offset such as “+05:30”. */
export function timeZone(given) {
  if (given === undefined) return OWN_ZONE;
  const text = String(given);
  const [, sign, hours, minutes = "00"] =
    /^([+-])([01]\d|2[0-3])(?::?([0-5]\d))?$/.exec(text) ?? [];
  if (sign) return `${hours === "00" && minutes === "00" ? "+" : sign}${hours}:${minutes}`;
  const name = zoneName(text);
  if (name === undefined) throw new RangeError(`there is no time zone "${text.slice(0, 60)}"`);
  return name;
}
