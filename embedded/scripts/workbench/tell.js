// Has a check's story told by a worker of its own, which is ended when its time is up, so that one that
// hangs does not hold the others.

import { openClock } from "../story/clock.js";

// What a worker may take beside its story's own time: to start, and to open pages.
const GRACE_MS = 3000;

// A story that is watched waits before its deeds.
const SLOWER = 4;

// Resolves with how it ended: { passed, evidence }; with null when `signal` stops it. What the story asks for is told
// to `before`, if there is one, and waits for it.
export function tell({ id, seconds: usual, checks, stage, signal, before }) {
  const seconds = before ? usual * SLOWER : usual;
  return new Promise((done) => {
    const worker = new Worker(new URL("./story.js", import.meta.url), { type: "module" });
    const clock = openClock();
    let last = "";
    const over = (outcome) => {
      clock.stop();
      worker.terminate();
      done(outcome);
    };

    clock.after(seconds * 1000 + GRACE_MS, () => {
      const doing = last ? `; the last that it asked for was ${last}` : "";
      const found = `it was not done after ${seconds} seconds${doing}`;
      over(miss(`the check ends within ${seconds} seconds`, found));
    });
    signal.addEventListener("abort", () => over(null), { once: true });
    worker.addEventListener("error", (event) => {
      event.preventDefault();
      over(miss("checks.js can be read", event.message ?? "it could not be loaded"));
    });
    worker.addEventListener("message", async ({ data }) => {
      if (data.over) return over(data.over);
      const { id: number, what, args } = data;
      last = words(what, args);
      await before?.(what, args);
      const answer = await answered(() => stage[what](...args));
      worker.postMessage({ id: number, ...answer, quiet: stage.quiet() });
    });
    worker.postMessage({ story: { checks, check: id, seconds } });
  });
}

const answered = async (ask) => {
  try {
    return { value: await ask() };
  } catch ({ message, expected }) {
    return { error: message, expected };
  }
};

export const miss = (expected, found) => ({ passed: false, evidence: { expected, found } });

const words = (what, args) => {
  const named = what === "client" ? [args[1], "of", args[0], ...args[2]] : [what, ...args];
  const told = named.map((it) => (typeof it === "string" ? it : JSON.stringify(it)));
  return told.join(" ").slice(0, 200);
};
