// node:assert

import { inspect } from "node-inspect-extracted";
import { errors } from "../internals.js";
import { AssertionError } from "./assertion-error.js";
import { isDeepEqual } from "./deep-equal.js";

export { AssertionError };

// eslint-disable-next-line eqeqeq -- that is what loosely equal means
const loose = (a, b) => a == b || (Number.isNaN(a) && Number.isNaN(b));

/** `message` may be an error, which is thrown as it is. */
function fault(actual, expected, operator, message, stackStartFn) {
  if (message instanceof Error) return message;
  return new AssertionError({ message, actual, expected, operator, stackStartFn });
}

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

const NOTHING = Symbol("nothing thrown");

function thrownBy(run) {
  if (typeof run !== "function") throw errors.invalidType("fn", "of type function", run);
  try {
    run();
  } catch (error) {
    return error;
  }
  return NOTHING;
}

async function rejectionOf(promise) {
  const isThenable = typeof promise?.then === "function";
  if (!isThenable && typeof promise !== "function") {
    throw errors.invalidType("promiseFn", "of type function or an instance of Promise", promise);
  }
  try {
    await (isThenable ? promise : promise());
  } catch (error) {
    return error;
  }
  return NOTHING;
}

export function throws(run, expected, message) {
  judge(thrownBy(run), expected, message, throws, "exception");
}
export async function rejects(promise, expected, message) {
  judge(await rejectionOf(promise), expected, message, rejects, "rejection");
}
export function doesNotThrow(run, expected, message) {
  excuse(thrownBy(run), expected, message, doesNotThrow, "exception");
}
export async function doesNotReject(promise, expected, message) {
  excuse(await rejectionOf(promise), expected, message, doesNotReject, "rejection");
}

/** Whether what was thrown is what was wanted: a class, a pattern, a judge, or properties. */
function judge(error, expected, message, caller, what) {
  if (typeof expected === "string") [expected, message] = [undefined, expected];
  const operator = caller.name;
  if (error === NOTHING) {
    const name = typeof expected === "function" && expected.name ? ` (${expected.name})` : "";
    const said = `Missing expected ${what}${name}${message ? `: ${message}` : "."}`;
    throw fault(undefined, expected, operator, said, caller);
  }
  if (expected === undefined) return;
  if (expected instanceof RegExp) {
    if (expected.test(String(error))) return;
    const said = `The input did not match the regular expression ${inspect(expected)}. Input:\n\n${inspect(String(error))}\n`;
    throw fault(error, expected, operator, message ?? said, caller);
  }
  if (typeof expected === "function")
    return judgeByFunction(error, expected, message, operator, caller);
  for (const key of keysOf(expected)) {
    const isPattern = expected[key] instanceof RegExp && typeof error[key] === "string";
    const fits = isPattern
      ? expected[key].test(error[key])
      : isDeepEqual(error[key], expected[key], true);
    if (!fits) throw fault(error, expected, operator, message, caller);
  }
}

function judgeByFunction(error, expected, message, operator, caller) {
  if (expected.prototype !== undefined && error instanceof expected) return;
  if (expected === Error || Error.isPrototypeOf(expected)) {
    if (message !== undefined) throw fault(error, expected, operator, message, caller);
    const said = `The error is expected to be an instance of "${expected.name}". Received "${error?.name}"\n\nError message:\n\n${error?.message}`;
    throw fault(error, expected, operator, said, caller);
  }
  if (expected.call({}, error) === true) return;
  const name = expected.name ? `"${expected.name}" ` : "";
  const said = `The ${name}validation function is expected to return "true". Received ${inspect(false)}`;
  throw fault(error, expected, operator, message ?? said, caller);
}

const keysOf = (expected) =>
  expected instanceof Error ? [...Object.keys(expected), "name", "message"] : Object.keys(expected);

function excuse(error, expected, message, caller, what) {
  if (error === NOTHING) return;
  if (typeof expected === "string") message = expected;
  const said = `Got unwanted ${what}${message ? `: ${message}` : "."}\nActual message: "${error?.message}"`;
  throw fault(error, expected, caller.name, said, caller);
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
