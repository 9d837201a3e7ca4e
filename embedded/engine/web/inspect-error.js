import { explained } from "./host.js";
import { projectFiles } from "./project-files.js";
import { block } from "./inspect-layout.js";

/** An error with its own frames, what else it carries, and its cause. */
export function inspectError(error, show) {
  const name = String(error.name ?? "Error");
  const message = String(error.message ?? "");
  const title = message ? `${name}: ${message}` : name;
  const stack = String(error.stack ?? "");
  const text = [told(error, name, message, stack) ?? title, ...frames(title, stack)].join("\n");
  const extra = Object.keys(error)
    .filter((key) => key !== "stack" && key !== "message" && key !== "name")
    .map((key) => `${key}: ${show(error[key])}`);
  if (Object.hasOwn(error, "cause")) extra.push(`[cause]: ${show(error.cause)}`);
  if (error instanceof AggregateError) extra.push(`[errors]: ${show(error.errors)}`);
  return extra.length > 0 ? block(`${text} `, extra) : text;
}

/** The title of one that the engine threw for what is missing here, with what to do. */
function told(error, name, message, stack) {
  if (!(error instanceof ReferenceError || error instanceof TypeError)) return undefined;
  const sentence = explained(name, message, stack);
  return sentence && `${name}: ${sentence}`;
}

/** The frames in the learner's files; all frames when none is. */
function frames(title, stack) {
  // Frames that the message quotes are not the error's own.
  const lines = (stack.startsWith(title) ? stack.slice(title.length) : stack)
    .split("\n")
    .filter((line) => /^\s+at /.test(line))
    .map((line) => `    ${line.trim()}`);
  const own = lines.filter((line) => projectFiles.has(fileOf(line)));
  return own.length > 0 ? own : lines;
}

/** `at send (server.js:3:5)` is in `server.js`. */
const fileOf = (line) => /([^\s(/]+):\d+:\d+\)?$/.exec(line)?.[1];
