// A moment in a time zone as the fields of a calendar.

import { zoneOffset } from "./host.js";

const { getTime } = Date.prototype;

/** Milliseconds of a value that a format was given: a Date, a number, or now. */
export function momentOf(value) {
  const time =
    value === undefined ? Date.now() : isDate(value) ? getTime.call(value) : Number(value);
  if (!(Math.abs(time) <= 8.64e15)) throw new RangeError("the date is invalid");
  return Math.trunc(time) + 0;
}

function isDate(value) {
  try {
    getTime.call(value);
    return true;
  } catch {
    return false;
  }
}

/** `[seconds east of Greenwich, is it summer time]` at a moment. */
export function offsetAt(zone, time) {
  const fixed = /^([+-])(\d\d):(\d\d)$/.exec(zone);
  if (fixed) return [(fixed[1] === "-" ? -60 : 60) * (fixed[2] * 60 + Number(fixed[3])), false];
  if (zone === "UTC") return [0, false];
  const [seconds, isSummer] = zoneOffset(zone, Math.floor(time / 1000));
  return [seconds, isSummer === 1];
}

/** The fields of a moment, in a zone. */
export function fieldsAt(zone, time) {
  const [offset, isSummer] = offsetAt(zone, time);
  const local = new Date(time + offset * 1000);
  // Local time may lie outside of what a Date can hold.
  const base = Number.isNaN(getTime.call(local)) ? new Date(time) : local;
  const year = base.getUTCFullYear();
  return {
    offset,
    isSummer,
    year,
    era: year > 0 ? 1 : 0,
    yearOfEra: year > 0 ? year : 1 - year,
    month: base.getUTCMonth() + 1,
    day: base.getUTCDate(),
    weekday: base.getUTCDay(),
    hour: base.getUTCHours(),
    minute: base.getUTCMinutes(),
    second: base.getUTCSeconds(),
    fraction: base.getUTCMilliseconds(),
  };
}
