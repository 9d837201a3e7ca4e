// node:assert

import { inspect } from "node-inspect-extracted";
import { errors } from "../internals.js";
import { AssertionError, fault } from "./assertion-error.js";
import { doesNotReject, doesNotThrow, rejects, throws } from "./assert-throws.js";
import { isDeepEqual } from "./deep-equal.js";

export { AssertionError, doesNotReject, doesNotThrow, rejects, throws };

// eslint-disable-next-line eqeqeq -- that is what loosely equal means
const loose = (a, b) => a == b || (Number.isNaN(a) && Number.isNaN(b));

/** An assertion about two values. */
function comparison(operator, holds) {
  const compare = {
    [operator](...values) {
      if (values.length < 2) {
        const message = 'The "actual" and "expected" arguments must be specified';
        throw errors.coded(TypeError, "ERR_MISSING_ARGS", message);
      }
      const [actual, expected, message] = values;
      if (!holds(actual, expected)) throw fault(actual, expected, operator, message, compare);
    },
  }[operator];
  return compare;
}

export const equal = comparison("equal", loose);
export const notEqual = comparison("notEqual", (a, b) => !loose(a, b));
export const strictEqual = comparison("strictEqual", Object.is);
export const notStrictEqual = comparison("notStrictEqual", (a, b) => !Object.is(a, b));
export const deepEqual = comparison("deepEqual", (a, b) => isDeepEqual(a, b, false));
export const notDeepEqual = comparison("notDeepEqual", (a, b) => !isDeepEqual(a, b, false));
export const deepStrictEqual = comparison("deepStrictEqual", (a, b) => isDeepEqual(a, b, true));
export const notDeepStrictEqual = comparison(
  "notDeepStrictEqual",
  (a, b) => !isDeepEqual(a, b, true),
);

export function ok(...values) {
  const [value, message] = values;
  if (value) return;
  const said = values.length === 0 ? "No value argument passed to `assert.ok()`" : message;
  if (said instanceof Error) throw said;
  const shown = said ?? `The expression evaluated to a falsy value: ${inspect(value)}`;
  const error = fault(value, true, "==", shown, ok);
  error.generatedMessage = message === undefined;
  throw error;
}

export function fail(message = "Failed") {
  throw fault(undefined, undefined, "fail", message, fail);
}

export function ifError(value) {
  if (value === null || value === undefined) return;
  const reason = value?.message ?? inspect(value);
  throw fault(value, null, "ifError", `ifError got unwanted exception: ${reason}`, ifError);
}

export function match(text, pattern, message) {
  const said =
    message ??
    `The input did not match the regular expression ${inspect(pattern)}. Input:\n\n${inspect(text)}\n`;
  if (typeof text !== "string" || !pattern.test(text))
    throw fault(text, pattern, "match", said, match);
}

export function doesNotMatch(text, pattern, message) {
  const said =
    message ??
    `The input was expected to not match the regular expression ${inspect(pattern)}. Input:\n\n${inspect(text)}\n`;
  if (pattern.test(text)) throw fault(text, pattern, "doesNotMatch", said, doesNotMatch);
}

const members = {
  ...{ AssertionError, ok, equal, notEqual, strictEqual, notStrictEqual, deepEqual, notDeepEqual },
  ...{ deepStrictEqual, notDeepStrictEqual, fail, ifError, match, doesNotMatch },
  ...{ throws, rejects, doesNotThrow, doesNotReject },
};

/** The same with strict comparisons by the short names. */
export const strict = Object.assign((...values) => ok(...values), members, {
  equal: strictEqual,
  notEqual: notStrictEqual,
  deepEqual: deepStrictEqual,
  notDeepEqual: notDeepStrictEqual,
});
strict.strict = strict;

function assert(...values) {
  ok(...values);
}
export default Object.assign(assert, members, { strict });
