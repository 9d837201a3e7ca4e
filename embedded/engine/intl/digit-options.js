// How many digits are shown: https://tc39.es/ecma402/#sec-setnfdigitoptions and #sec-formatnumberstring.

import { isZero, rounded, written } from "./decimal.js";
import { numberOption, textOption, wholeNumber } from "./options.js";

const MODES = "ceil floor expand trunc halfCeil halfFloor halfExpand halfTrunc halfEven".split(" ");
const PRIORITIES = ["auto", "morePrecision", "lessPrecision"];
const ZEROS = ["auto", "stripIfInteger"];
const INCREMENTS = [1, 2, 5, 10, 20, 25, 50, 100, 200, 250, 500, 1000, 2000, 2500, 5000];

/** Reads the options; `usual` is the number of digits behind the point that the style has, `[least, most]`. */
export function digitOptions(options, usual, notation) {
  const wholeDigits = numberOption(options, "minimumIntegerDigits", 1, 21, 1);
  const given = {
    leastPart: options.minimumFractionDigits,
    mostPart: options.maximumFractionDigits,
    leastSign: options.minimumSignificantDigits,
    mostSign: options.maximumSignificantDigits,
  };
  const increment = numberOption(options, "roundingIncrement", 1, 5000, 1);
  if (!INCREMENTS.includes(increment))
    throw new RangeError(`roundingIncrement cannot be ${increment}`);
  const roundingMode = textOption(options, "roundingMode", MODES, "halfExpand");
  const priority = textOption(options, "roundingPriority", PRIORITIES, "auto");
  const trailingZeroDisplay = textOption(options, "trailingZeroDisplay", ZEROS, "auto");
  const result = { wholeDigits, increment, roundingMode, priority, trailingZeroDisplay };
  const [least, most] = usual;
  chooseDigits(result, given, [least, increment === 1 ? most : least], notation === "compact");
  if (increment !== 1) checkIncrement(result);
  return result;
}

function chooseDigits(result, given, usual, isCompact) {
  const hasSign = given.leastSign !== undefined || given.mostSign !== undefined;
  const hasPart = given.leastPart !== undefined || given.mostPart !== undefined;
  const isAuto = result.priority === "auto";
  const needsSign = !isAuto || hasSign;
  const needsPart = !isAuto || !(hasSign || (!hasPart && isCompact));
  if (needsSign) [result.leastSign, result.mostSign] = hasSign ? signDigits(given) : [1, 21];
  if (needsPart) [result.leastPart, result.mostPart] = hasPart ? partDigits(given, usual) : usual;
  result.rounding = needsSign ? (needsPart ? result.priority : "significant") : "fraction";
  if (!needsSign && !needsPart) {
    Object.assign(result, { leastPart: 0, mostPart: 0, leastSign: 1, mostSign: 2 });
    Object.assign(result, { rounding: "morePrecision", priority: "morePrecision" });
  }
}

function signDigits(given) {
  const least = wholeNumber(given.leastSign, "minimumSignificantDigits", 1, 21, 1);
  return [least, wholeNumber(given.mostSign, "maximumSignificantDigits", least, 21, 21)];
}

function partDigits(given, [usualLeast, usualMost]) {
  let least = wholeNumber(given.leastPart, "minimumFractionDigits", 0, 100, undefined);
  let most = wholeNumber(given.mostPart, "maximumFractionDigits", 0, 100, undefined);
  least ??= Math.min(usualLeast, most);
  most ??= Math.max(usualMost, least);
  if (least > most) {
    throw new RangeError("minimumFractionDigits must not be more than maximumFractionDigits");
  }
  return [least, most];
}

function checkIncrement({ rounding, leastPart, mostPart, increment }) {
  if (rounding !== "fraction") {
    throw new TypeError(`roundingIncrement ${increment} goes with fraction digits only`);
  }
  if (leastPart !== mostPart) {
    throw new RangeError(
      "with a roundingIncrement, minimumFractionDigits must equal maximumFractionDigits",
    );
  }
}

/** The number as it is shown: `{ number, whole, part }`, the last two as digits. */
export function asShown(number, how) {
  const { rounding, increment, roundingMode: mode } = how;
  const bySign = () => {
    const power = isZero(number) ? 0 : number.point - 1;
    const result = rounded(number, how.mostSign - 1 - power, mode);
    const now = isZero(result) ? 0 : result.point - 1;
    return [result, Math.max(0, how.leastSign - 1 - now)];
  };
  const byPart = () => [rounded(number, how.mostPart, mode, increment), how.leastPart];
  const [result, least] = takesSign(rounding, number, how) ? bySign() : byPart();
  const [whole, part] = written(result, how.wholeDigits, least);
  const isBare = how.trailingZeroDisplay === "stripIfInteger" && /^0*$/.test(part);
  return { number: result, whole, part: isBare ? "" : part };
}

function takesSign(rounding, number, how) {
  if (rounding === "significant") return true;
  if (rounding === "fraction") return false;
  const power = isZero(number) ? 0 : number.point - 1;
  const isFiner = power - how.mostSign + 1 <= -how.mostPart;
  return rounding === "morePrecision" ? isFiner : !isFiner;
}

/** Adds them to what `resolvedOptions` gives. */
export function resolvedDigits(how) {
  const result = { minimumIntegerDigits: how.wholeDigits };
  if (how.leastPart !== undefined) {
    result.minimumFractionDigits = how.leastPart;
    result.maximumFractionDigits = how.mostPart;
  }
  if (how.leastSign !== undefined) {
    result.minimumSignificantDigits = how.leastSign;
    result.maximumSignificantDigits = how.mostSign;
  }
  return result;
}

/** Adds the rest of them, which stand last there. */
export const resolvedRounding = (how) => ({
  roundingIncrement: how.increment,
  roundingMode: how.roundingMode,
  roundingPriority: how.priority,
  trailingZeroDisplay: how.trailingZeroDisplay,
});
