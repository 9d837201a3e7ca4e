// The assertions of node:assert about what a function throws, or a promise is rejected with.

import { inspect } from "node-inspect-extracted";
import { errors } from "../internals.js";
import { fault } from "./assertion-error.js";
import { isDeepEqual } from "./deep-equal.js";

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

/** Whether what was thrown is what was wanted: a class, a pattern, a judge, or properties. */
function judge(error, expected, message, caller, what) {
  if (typeof expected === "string") [expected, message] = [undefined, expected];
  if (error === NOTHING) {
    const name = typeof expected === "function" && expected.name ? ` (${expected.name})` : "";
    const said = `Missing expected ${what}${name}${message ? `: ${message}` : "."}`;
    throw fault(undefined, expected, caller.name, said, caller);
  }
  if (expected === undefined) return;
  if (expected instanceof RegExp) {
    if (expected.test(String(error))) return;
    const said = `The input did not match the regular expression ${inspect(expected)}. Input:\n\n${inspect(String(error))}\n`;
    throw fault(error, expected, caller.name, message ?? said, caller);
  }
  if (typeof expected === "function") return judgeByFunction(error, expected, message, caller);
  judgeByProperties(error, expected, message, caller);
}

function judgeByFunction(error, expected, message, caller) {
  if (isInstance(error, expected)) return;
  if (isErrorClass(expected)) {
    const said = `The error is expected to be an instance of "${expected.name}". Received "${error?.name}"\n\nError message:\n\n${error?.message}`;
    throw fault(error, expected, caller.name, message ?? said, caller);
  }
  const verdict = expected.call({}, error);
  if (verdict === true) return;
  const name = expected.name ? `"${expected.name}" ` : "";
  const caught = error instanceof Error ? `\n\nCaught error:\n\n${error}` : "";
  const said = `The ${name}validation function is expected to return "true". Received ${inspect(verdict)}${caught}`;
  throw fault(error, expected, caller.name, message ?? said, caller);
}

function judgeByProperties(error, expected, message, caller) {
  const isObject = typeof error === "object" && error !== null;
  const keys = keysOf(expected);
  const fits = (key) =>
    isMatched(error[key], expected[key]) || isDeepEqual(error[key], expected[key], true);
  if (isObject && keys.every(fits)) return;
  if (isObject && message !== undefined) {
    throw fault(error, expected, caller.name, message, caller);
  }
  const [found, wanted] = isObject ? compared(error, expected, keys) : [error, expected];
  const failure = fault(found, wanted, "deepStrictEqual", message, caller);
  if (failure === message) throw failure;
  throw Object.assign(failure, { actual: error, expected, operator: caller.name });
}

/** What is shown of an error where its properties are compared: those alone. */
class Comparison {}

function compared(error, expected, keys) {
  const [found, wanted] = [new Comparison(), new Comparison()];
  for (const key of keys) {
    if (key in error) found[key] = error[key];
    wanted[key] = isMatched(error[key], expected[key]) ? error[key] : expected[key];
  }
  return [found, wanted];
}

const isMatched = (text, pattern) =>
  pattern instanceof RegExp && typeof text === "string" && pattern.test(text);

const keysOf = (expected) =>
  expected instanceof Error ? [...Object.keys(expected), "name", "message"] : Object.keys(expected);

/** An error of another kind than the one that is ruled out goes on as it is. */
function excuse(error, expected, message, caller, what) {
  if (error === NOTHING) return;
  if (typeof expected === "string") [expected, message] = [undefined, expected];
  if (expected && !isOfKind(error, expected)) throw error;
  const said = `Got unwanted ${what}${message ? `: ${message}` : "."}\nActual message: "${error?.message}"`;
  throw fault(error, expected, caller.name, said, caller);
}

const isErrorClass = (expected) => expected === Error || Error.isPrototypeOf(expected);

const isInstance = (error, expected) =>
  expected.prototype !== undefined && error instanceof expected;

function isOfKind(error, expected) {
  if (expected instanceof RegExp) return expected.test(String(error));
  if (isInstance(error, expected)) return true;
  return !isErrorClass(expected) && expected.call({}, error) === true;
}
