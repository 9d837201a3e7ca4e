// Forwards what the page writes to its console, with the line that wrote it, in batches.

import { openBudget } from "../workbench/budget.js";
import { show } from "./show.js";

const LEVELS = ["debug", "log", "info", "warn", "error"];
const BATCH = 50;
const BATCHES_MS = 60;
// Of one message so many characters are told, and of all so many at once and a second.
const TEXT = 20_000;
const CHARACTERS = [1_000_000, 200_000];

export function watchConsole(channel, withSource) {
  let waiting = [];
  let left = 0;
  const characters = openBudget(...CHARACTERS);

  const send = () => {
    channel.tell("console", { entries: waiting, left });
    waiting = [];
    left = 0;
  };

  const write = (level, text, frame = null) => {
    if (waiting.length + left === 0) setTimeout(send, BATCHES_MS);
    const told = cut(text);
    if (waiting.length === BATCH || characters(told.length, true) < told.length) left += 1;
    else waiting.push({ at: Date.now(), level, text: told, frame: withSource(frame) });
  };

  for (const level of LEVELS) {
    const native = console[level].bind(console);
    console[level] = (...values) => {
      native(...values);
      write(level, show(values), caller());
    };
  }
  const assert = console.assert.bind(console);
  console.assert = (right, ...values) => {
    assert(right, ...values);
    if (!right) write("error", `Assertion failed: ${show(values)}`, caller());
  };
  return write;
}

const cut = (text) =>
  text.length <= TEXT
    ? text
    : `${text.slice(0, TEXT)} … (${text.length - TEXT} more characters are left out)`;

// The first frame of the learner's own page, from the stack's text.
export function caller(stack = new Error().stack ?? "") {
  for (const line of stack.split("\n")) {
    const found = /(?:at (?:(.*?) \()?|^(.*?)@)(https?:\/\/[^\s)]+?):(\d+):(\d+)/.exec(line);
    if (!found) continue;
    const url = new URL(found[3]);
    const ours = url.pathname.startsWith("/.hxlab/") || url.pathname.startsWith("/lib/");
    if (ours || url.origin !== location.origin) continue;
    return {
      function: found[1] ?? found[2] ?? "",
      file: url.pathname.slice(1),
      line: Number(found[4]),
      column: Number(found[5]),
    };
  }
  return null;
}
