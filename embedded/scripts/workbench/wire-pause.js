// The wire is paused: what crosses waits, and is listed when the learner lets it go on.

import { part } from "./parts.js";
import { weightOf } from "./wire-weight.js";

// `list` lists an entry; of so many, and of so many bytes, the oldest are left out.
export function pauseWire(list, limit, bytes) {
  const waiting = [];
  let weight = 0;
  let isPaused = false;

  const toggle = () => {
    isPaused = !isPaused;
    part("wire-pause").setAttribute("aria-pressed", `${isPaused}`);
    part("wire-note").textContent = isPaused ? "Paused." : "";
    weight = 0;
    for (const entry of waiting.splice(0)) list(entry);
  };

  part("wire-pause").addEventListener("click", toggle);
  return {
    hear(entry) {
      if (!isPaused) return list(entry);
      waiting.push(entry);
      weight += weightOf(entry);
      while (waiting.length > limit || weight > bytes) weight -= weightOf(waiting.shift());
      part("wire-note").textContent = `Paused: ${waiting.length} waiting.`;
      return undefined;
    },
    isOn: () => isPaused,
    goOn: () => isPaused && toggle(),
    clear() {
      waiting.length = 0;
      weight = 0;
    },
  };
}
