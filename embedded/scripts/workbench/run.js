// Run and Stop, and how the Run stands in words. "asked" events say that one asks for a Run here, "ran" that it is up,
// "failed" that it did not start.

import { announce, bench, part, sentence } from "./parts.js";

const WORDS = {
  none: "Not running yet",
  starting: "Starting…",
  running: "Running",
  failed: "Did not start",
  stopped: "Stopped",
  crashed: "Stopped by a crash",
  asleep: "Asleep: the next request wakes it",
};

export function controlRun({ draft, feed, address, request }) {
  const run = new EventTarget();
  const tell = (type, detail) => run.dispatchEvent(new CustomEvent(type, { detail }));
  let last = { state: "none" };
  let isRefused = false;

  const show = (status) => {
    last = status;
    isRefused = false;
    const { state } = status;
    const words = wordsFor(status);
    part("run-state").dataset.runState = state;
    if (part("run-words").textContent !== words) part("run-words").textContent = words;
    part("run-words").title = words;
    part("run-label").textContent = state === "none" ? "Run" : "Run again";
    part("stop").hidden = !["running", "starting", "asleep"].includes(state);
    tell("status", { ...status, words });
  };

  const start = async () => {
    if (last.state === "starting") return;
    const before = last;
    tell("asked");
    show({ state: "starting" });
    const { ok, answer, files } = await draft.run();
    if (!ok) {
      show(before);
      isRefused = true;
      part("run-words").textContent = `Not started: ${sentence(answer.error)}`;
      return;
    }
    const reason = answer.sentence ? { sentence: answer.sentence } : null;
    show({ state: answer.outcome, run: answer.run, reason, fault: answer.fault ?? null });
    tell(answer.outcome === "running" ? "ran" : "failed", { ...answer, files });
  };

  const stop = async () => {
    const { ok, answer } = await request("POST", `${address}/stop`, {});
    if (!ok) announce(sentence(answer.error));
  };

  for (const button of bench.querySelectorAll("[data-run], [data-run-here]")) {
    button.addEventListener("click", start);
  }
  part("stop").addEventListener("click", stop);
  feed.addEventListener("status", ({ detail }) => show(detail));
  // What stood in the way is mended.
  draft.addEventListener("state", () => isRefused && draft.state === "saved" && show(last));
  return Object.assign(run, { start });
}

function wordsFor({ state, reason, fault }) {
  const words = WORDS[state] ?? state;
  if (reason?.limit) return sentence(reason.sentence);
  if (fault) return `${words}: ${fault.name}: ${fault.message}${placeOf(fault)}`;
  if (reason?.sentence) return `${words}: ${sentence(reason.sentence)}`;
  return words;
}

const placeOf = ({ frames }) => (frames?.[0] ? ` (${frames[0].file}:${frames[0].line})` : "");
