// What a lesson calls noise: a path begins with “/”, a part of a WebSocket message with “text:”; anything else names an event.
// “*” at the end stands for any rest. What failed is never noise, nor is a fault that the learner has happen.

import { hasFailed } from "./wire-failed.js";

const TEXT = "text:";

export function openNoise(patterns) {
  const isText = (it) => it.startsWith(TEXT);
  const isPath = (it) => it.startsWith("/");
  const paths = patterns.filter(isPath).map(matcher);
  const names = patterns.filter((it) => !isPath(it) && !isText(it)).map(matcher);
  const words = patterns.filter(isText).map((it) => it.slice(TEXT.length).replace(/\*$/, ""));

  return (entry) => {
    const { kind, path, event, name, text } = entry;
    if (kind === "fault" || hasFailed(entry)) return false;
    if (paths.some((fits) => fits(path.split("?")[0]))) return true;
    if (event !== "message") return false;
    if (kind === "sse") return names.some((fits) => fits(name));
    return words.some((word) => text?.includes(word));
  };
}

const matcher = (pattern) =>
  pattern.endsWith("*")
    ? (text) => text.startsWith(pattern.slice(0, -1))
    : (text) => text === pattern;
