// Decimal numbers of any length: `{ isNegative, digits, point }` is 0.DIGITS times ten to the power of `point`, with
// no zero in front, and `special` in place of digits for “infinity” and “nan”.

const ZERO = { isNegative: false, digits: "", point: 0 };

/** What a caller gave, as https://tc39.es/ecma402/#sec-tointlmathematicalvalue has it. */
export function decimalOf(given) {
  const value = typeof given === "object" || typeof given === "function" ? primitive(given) : given;
  if (typeof value === "bigint") return parse(String(value));
  if (typeof value !== "string") return ofNumber(Number(value));
  const text = value.trim();
  const number = Number(text);
  if (!Number.isFinite(number) || !/^[+-]?(?:\d+\.?\d*|\.\d+)(?:e[+-]?\d+)?$/i.test(text)) {
    return /^0[xob]/i.test(text) && !Number.isNaN(number)
      ? parse(String(BigInt(text)))
      : ofNumber(number);
  }
  return number === 0 ? ofNumber(number) : parse(text);
}

function primitive(given) {
  if (given === null) return 0;
  const convert = given[Symbol.toPrimitive];
  if (convert === undefined || convert === null) {
    const value = given.valueOf();
    return typeof value === "object" && value !== null ? String(given) : value;
  }
  return convert.call(given, "number");
}

function ofNumber(number) {
  if (Number.isNaN(number)) return { ...ZERO, special: "nan" };
  if (number === 0) return { ...ZERO, isNegative: Object.is(number, -0) };
  if (!Number.isFinite(number)) return { ...ZERO, isNegative: number < 0, special: "infinity" };
  return parse(String(number));
}

function parse(text) {
  const [, sign, whole, part = "", power = "0"] = /^([+-]?)(\d*)\.?(\d*)(?:e([+-]?\d+))?$/i.exec(
    text,
  );
  const all = whole + part;
  const digits = all.replace(/^0+/, "");
  const point = whole.length - (all.length - digits.length) + Number(power);
  return digits === ""
    ? { ...ZERO, isNegative: sign === "-" }
    : { isNegative: sign === "-", digits: digits.replace(/0+$/, ""), point };
}

export const isZero = ({ digits, special }) => digits === "" && special === undefined;

/** The same times ten to the power of `by`. */
export const shifted = (number, by) =>
  isZero(number) || number.special ? number : { ...number, point: number.point + by };

/** Whether to go away from zero, by the mode, when `twice` the rest stands to the whole `step` like this. */
function goesUp(mode, isNegative, rest, step, isOdd) {
  if (rest === 0n) return false;
  const half = rest * 2n < step ? -1 : rest * 2n > step ? 1 : 0;
  switch (mode) {
    case "ceil":
      return !isNegative;
    case "floor":
      return isNegative;
    case "expand":
      return true;
    case "trunc":
      return false;
    case "halfCeil":
      return half > 0 || (half === 0 && !isNegative);
    case "halfFloor":
      return half > 0 || (half === 0 && isNegative);
    case "halfTrunc":
      return half > 0;
    case "halfEven":
      return half > 0 || (half === 0 && isOdd);
    default:
      return half >= 0;
  }
}

/**
 * The digits with the last `by` behind the place of rounding; of those, which may be a million, as many as
 * decide. The last digit is never zero, so a one stands for all that is left out.
 */
function enough(digits, by) {
  if (by <= 0) return [digits, 0];
  if (by > digits.length + 8) return ["1", 8];
  const kept = Math.max(0, digits.length - by) + 8;
  if (kept >= digits.length) return [digits, by];
  return [`${digits.slice(0, kept)}1`, by - (digits.length - kept) + 1];
}

/** Rounded to `places` behind the point (before it, where negative), to a multiple of `increment` there. */
export function rounded(number, places, mode, increment = 1) {
  const { digits, point, isNegative } = number;
  const shift = places + point - digits.length;
  if (digits === "" || (shift >= 0 && increment === 1)) return number;
  const [own, by] = enough(digits, -shift);
  const step = 10n ** BigInt(by) * BigInt(increment);
  const value = BigInt(own) * 10n ** BigInt(Math.max(0, shift));
  let count = value / step;
  if (goesUp(mode, isNegative, value % step, step, count % 2n === 1n)) count += 1n;
  const text = String(count * BigInt(increment));
  if (text === "0") return { ...ZERO, isNegative };
  return { isNegative, digits: text.replace(/0+$/, ""), point: text.length - places };
}

/** `[whole, part]` as digits, with at least so many of each. */
export function written({ digits, point }, leastWhole, leastPart) {
  const whole = point > 0 ? digits.slice(0, point).padEnd(point, "0") : "";
  const part = point > 0 ? digits.slice(point) : digits === "" ? "" : "0".repeat(-point) + digits;
  return [whole.padStart(leastWhole, "0"), part.padEnd(leastPart, "0")];
}
