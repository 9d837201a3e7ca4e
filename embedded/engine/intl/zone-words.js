// The name of a time zone: “Central European Standard Time”, “GMT+1”.

import { common, words } from "./data.js";
import { inSystem } from "./numbering-systems.js";

/** The text for a letter such as `zzzz` at the fields of a moment. */
export function zoneText(format, letter, length, { offset, isSummer }) {
  const isLong = length >= 4;
  if (letter === "O") return byOffset(format, offset, isLong);
  const { zones, meta } = words(format.data, "zones");
  const zone = OTHER_NAMES[format.timeZone] ?? format.timeZone;
  const kind = letter === "v" ? 0 : isSummer ? 2 : 1;
  const at = (isLong ? 0 : 3) + kind;
  const metazone = common("metazones")[zone];
  const names = [zones[zone], meta[metazone]];
  const found = names.map(
    (list) => list?.[at] || (kind === 0 && !hasSummer(names) && list?.[at + 1]),
  );
  const name = found.find((each) => each);
  if (!name && kind === 0 && metazone) throw new RangeError(noName(format));
  return name || byOffset(format, offset, isLong);
}

/** ICU makes a name of the place, for which a sandbox has no words. */
const noName = ({ timeZone, timeZoneName, locale }) =>
  `a sandbox has no name of ${timeZone} in "${locale}" for timeZoneName "${timeZoneName}"; use "shortOffset"`;

const hasSummer = (lists) => lists.some((list) => list?.[2] || list?.[5]);

const OTHER_NAMES = {
  UTC: "Etc/UTC",
  "Etc/UCT": "Etc/UTC",
  UCT: "Etc/UTC",
  Zulu: "Etc/UTC",
  GMT: "Etc/GMT",
};

/** “GMT+5:30”, or with both digits of the hour where it is long. */
export function byOffset(format, offset, isLong) {
  const { gmt, hours } = words(format.data, "zones");
  const [plus, minus] = hours.split(";");
  const total = Math.abs(offset);
  const parts = { H: Math.floor(total / 3600), m: Math.floor(total / 60) % 60, s: total % 60 };
  const digits = (value, length) =>
    inSystem(String(value).padStart(length, "0"), format.numberingSystem);
  let pattern = offset < 0 ? minus : plus;
  if (parts.s > 0) pattern = pattern.replace(/(\W)(mm)/, "$1$2$1ss");
  else if (parts.m === 0 && !isLong) pattern = pattern.replace(/[:.]?mm/, "");
  const text = pattern.replace(/([Hms])\1*/g, (run, field) =>
    digits(parts[field], field === "H" ? (isLong ? 2 : 1) : 2),
  );
  return gmt.replace("{0}", text);
}
