// How ECMA-402 reads options: https://tc39.es/ecma402/#sec-getoption and its neighbours.

/** The options of a constructor: null is refused, anything else becomes an object. */
export function optionsObject(options) {
  if (options === undefined) return Object.create(null);
  if (options === null) throw new TypeError("the options must not be null");
  return Object(options);
}

/** The options of the newer constructors, which take an object or nothing. */
export function strictOptions(options) {
  if (options === undefined) return Object.create(null);
  if (typeof options === "object" && options !== null) return options;
  throw new TypeError("the options must be an object");
}

/** A text option: one of `values` where these are given. */
export function textOption(options, name, values, fallback) {
  const value = options[name];
  if (value === undefined) return fallback;
  return oneOf(String(value), name, values);
}

/** The text, when it is one of `values`. */
export function oneOf(text, name, values) {
  if (values === undefined || values.includes(text)) return text;
  const wanted = values.map((value) => `"${value}"`).join(", ");
  throw new RangeError(`${name} must be one of ${wanted}, not "${text.slice(0, 60)}"`);
}

export function booleanOption(options, name, fallback) {
  const value = options[name];
  return value === undefined ? fallback : Boolean(value);
}

export function numberOption(options, name, least, most, fallback) {
  return wholeNumber(options[name], name, least, most, fallback);
}

/** A whole number between two bounds. */
export function wholeNumber(value, name, least, most, fallback) {
  if (value === undefined) return fallback;
  const number = Number(value);
  if (number >= least && number <= most) return Math.floor(number);
  throw new RangeError(`${name} must be a number from ${least} to ${most}`);
}

/** The name of a calendar, a numbering system or a collation: parts of three to eight letters or digits. */
export function typeOption(options, name) {
  const value = textOption(options, name);
  if (value !== undefined && !/^[0-9a-z]{3,8}(-[0-9a-z]{3,8})*$/i.test(value)) {
    throw new RangeError(`${name} cannot be "${value.slice(0, 60)}"`);
  }
  return value?.toLowerCase();
}

export const localeMatcher = (options) =>
  textOption(options, "localeMatcher", ["lookup", "best fit"], "best fit");
