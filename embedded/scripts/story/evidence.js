// What is kept of a story that failed.

import { Miss } from "./miss.js";

const LIMIT = 4000;

export function evidenceOf(error, { entry }) {
  if (error instanceof Miss) {
    const { expected, found, ...place } = error.evidence;
    return { expected: words(expected), found: words(found), ...place };
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
