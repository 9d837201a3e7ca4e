// What is kept of a story that failed.

import { Miss } from "./miss.js";

const LIMIT = 4000;

export function evidenceOf(error, { entry }) {
  if (error instanceof Miss) {
    const { expected, found, ...place } = error.evidence;
    return { expected: words(expected), found: words(found), ...place };
  }
  // A comparison of values: what was read on the wire before it is what it is about.
  if (error && typeof error === "object" && "actual" in error && "expected" in error) {
    const { message, expected, actual } = error;
    const found = `${words(actual)}\n\nwhere this was expected:\n${words(expected)}`;
    return { expected: `${message}`, found: actual === undefined ? "nothing" : found, entry };
  }
  return { expected: "the check runs to its end", found: placed(error), entry };
}

// An error of the story itself, with its line in checks.js where the browser tells it.
function placed(error) {
  const [, line] = /checks\.js:(\d+)/.exec(error?.stack ?? "") ?? [];
  return words(line ? `${error} (checks.js, line ${line})` : `${error}`);
}

function words(value) {
  const text = typeof value === "string" ? value : (JSON.stringify(value, null, 2) ?? `${value}`);
  return text.length > LIMIT ? `${text.slice(0, LIMIT)} …` : text;
}
