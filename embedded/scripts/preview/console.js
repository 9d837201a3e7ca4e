// Forwards what the page writes to its console, with the line that wrote it, in batches.

import { show } from "./show.js";

const LEVELS = ["debug", "log", "info", "warn", "error"];
const BATCH = 50;
const BATCHES_MS = 60;

export function watchConsole(channel) {
  let waiting = [];
  let left = 0;

  const send = () => {
    channel.tell("console", { entries: waiting, left });
    waiting = [];
    left = 0;
  };

  const write = (level, text, frame = null) => {
    if (waiting.length === 0) setTimeout(send, BATCHES_MS);
    if (waiting.length === BATCH) left += 1;
    else waiting.push({ at: Date.now(), level, text: text.slice(0, 20_000), frame });
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
