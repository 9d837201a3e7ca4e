// Days and times of versions, and what they passed, in words.

import { timeOf } from "./time-of.js";

const DAY_MS = 24 * 60 * 60 * 1000;
const day = new Intl.DateTimeFormat("en-GB", { weekday: "long", day: "numeric", month: "long" });
const dayOfYear = new Intl.DateTimeFormat("en-GB", { dateStyle: "full" });
const relative = new Intl.RelativeTimeFormat("en");

const midnight = (at) => new Date(at).setHours(0, 0, 0, 0);

/** “Today”, “Yesterday”, “Monday 23 November”, with the year where it is another one. */
export function dayInWords(at, now) {
  // A day may have an hour more or less.
  const days = Math.round((midnight(now) - midnight(at)) / DAY_MS);
  if (days === 0) return "Today";
  if (days === 1) return "Yesterday";
  const isThisYear = new Date(at).getFullYear() === new Date(now).getFullYear();
  return (isThisYear ? day : dayOfYear).format(at);
}

/** “today at 14:03:20”, “on Monday 23 November at 14:03:20”. */
export function timeInWords(at, now) {
  const on = dayInWords(at, now);
  const isNamed = on === "Today" || on === "Yesterday";
  return `${isNamed ? on.toLowerCase() : `on ${on}`} at ${timeOf(at)}`;
}

/** “5 minutes ago”; nothing for what is of another day, or of a clock that is ahead. */
export function agoInWords(at, now) {
  const seconds = Math.round((now - at) / 1000);
  if (seconds < 0 || midnight(at) !== midnight(now)) return "";
  if (seconds < 60) return "just now";
  if (seconds < 3600) return relative.format(-Math.floor(seconds / 60), "minute");
  return relative.format(-Math.floor(seconds / 3600), "hour");
}

/** What a version passed, as short sentences. */
export function passedInWords({ passed, checks }) {
  const words = [];
  const count = (number) => (number === 1 ? "1 check" : `${number} checks`);
  if (passed) words.push("First to pass the challenge");
  if (checks.passed > 0) words.push(`${count(checks.passed)} passed`);
  if (checks.failed > 0) words.push(`${count(checks.failed)} failed`);
  return words;
}
