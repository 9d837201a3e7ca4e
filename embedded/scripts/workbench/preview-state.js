// What stands in the preview's place while there is nothing to show.

import { SILENT_MS } from "./heartbeat.js";
import { dismiss, notice } from "./notice.js";
import { part } from "./parts.js";

// Of a client by its name; without one it is the learner's own.
export const silentWords = (name) =>
  `${name ? `${name}'s` : "Your"} page did not answer for ${SILENT_MS / 1000} s: ` +
  "a loop in its script may have no end. Run, Stop and Reload throw it away.";

const HELD =
  "Your page did not answer last time, so it is not shown: change it, then press Run or Reload.";

export function showPreview({ preview, pages, run }) {
  // The Run that the page was opened for: the feed may tell of it before the answer to its start does, and who
  // acts in the page by then would lose what they do by a second load.
  let opened = null;
  run.addEventListener("ran", ({ detail }) => detail.run === opened || preview.reload());
  pages.addEventListener("silent", ({ detail: { preview: silent, name } }) =>
    notice(silentWords(name), name ? `Reload ${name}` : "Reload", silent.reload),
  );
  pages.addEventListener("discarded", ({ detail: { name } }) => dismiss(silentWords(name)));
  preview.addEventListener("opening", () => (part("preview-empty").hidden = true));
  run.addEventListener("status", ({ detail: { state, words, run: number } }) => {
    const isUp = ["running", "asleep", "starting"].includes(state);
    if (state === "starting") opened = null;
    if ((state === "running" || state === "asleep") && preview.show()) opened = number;
    if (!isUp) preview.end();
    const isHeld = isUp && preview.isHeld();
    part("preview-empty").hidden = isUp && !isHeld;
    part("preview-words").textContent = isHeld
      ? HELD
      : state === "none"
        ? "Nothing runs yet."
        : words;
  });
}
