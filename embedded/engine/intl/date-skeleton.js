// Skeletons of dates, such as “yMMMd”: which fields there are, in which lengths; which skeleton is the nearest, and
// what its pattern becomes with the lengths that are wanted.

import { FIELDS, fieldOf, patternOf, tokens, weight } from "./date-tokens.js";

/** The fields of a skeleton such as “yMMMd”: `{ month: { letter, length, weight }, … }`. */
export function skeleton(text) {
  const found = {};
  for (const { letter, length } of tokens(text)) {
    if (letter) found[fieldOf(letter)] ??= { letter, length, weight: weight(letter, length) };
  }
  if (found.hour && /[hK]/.test(found.hour.letter) && !found.dayPeriod) {
    found.dayPeriod = { letter: "a", length: 1, weight: weight("a", 1), isAdded: true };
  }
  // Between minutes and parts of a second there are seconds.
  if (found.minute && found.fraction) {
    found.second ??= { letter: "s", length: 1, weight: weight("s", 1) };
  }
  return found;
}

/** The skeleton of such fields. */
export const skeletonText = (wanted) =>
  Object.values(wanted)
    .map(({ letter, length }) => letter.repeat(length))
    .join("");

const [EXTRA, MISSING] = [0x10000, 0x1000];

/** The nearest of `list` to the wanted fields: `{ best, missing }`. */
export function nearest(list, wanted) {
  let [best, least, missing] = [undefined, Infinity, []];
  for (const candidate of list) {
    let distance = 0;
    const lacks = [];
    for (const field of FIELDS) {
      const [ours, theirs] = [wanted[field]?.weight ?? 0, candidate.fields[field]?.weight ?? 0];
      if (ours === theirs) continue;
      if (ours === 0) distance += EXTRA;
      else if (theirs === 0) {
        distance += MISSING;
        lacks.push(field);
      } else distance += Math.abs(ours - theirs);
    }
    if (distance < least) [best, least, missing] = [candidate, distance, lacks];
    if (least === 0) break;
  }
  return { best, missing };
}

/** The pattern with its fields as long as they are wanted; a fraction stands behind the second and `decimal`. */
export function adjusted(pattern, wanted, specified, decimal) {
  const list = tokens(pattern).flatMap((token) => {
    const field = token.letter && fieldOf(token.letter);
    if (!field || !wanted[field]) return [token];
    const own = adjustedField(token, wanted[field], specified?.[field]);
    const hasFraction = field === "second" && decimal !== undefined;
    return hasFraction
      ? [own, { text: decimal }, { letter: "S", length: wanted.fraction.length }]
      : [own];
  });
  return patternOf(list);
}

/** The length of a field that is taken from the pattern. */
export const AS_IT_IS = 0;

function adjustedField({ letter, length }, wanted, specified) {
  const field = fieldOf(letter);
  let adjustedLength = wanted.length;
  if (field === "minute" || field === "second" || wanted.length === AS_IT_IS) {
    adjustedLength = length;
  } else if (specified && !/[ce]/.test(wanted.letter)) {
    const [isNumber, wantsNumber] = [weight(letter, length) > 0, wanted.weight > 0];
    if (specified.length === wanted.length || isNumber !== wantsNumber) adjustedLength = length;
  }
  const keepsLetter = ["hour", "month", "weekday", "year"].includes(field);
  const own = keepsLetter ? letter : wanted.letter;
  return { letter: own === "E" && adjustedLength < 3 ? "e" : own, length: adjustedLength };
}
