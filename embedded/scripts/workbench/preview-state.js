// What stands in the preview's place while there is nothing to show.

import { part } from "./parts.js";

export function showPreview({ preview, run }) {
  run.addEventListener("ran", () => preview.reload());
  run.addEventListener("status", ({ detail: { state, words } }) => {
    const isUp = ["running", "asleep", "starting"].includes(state);
    if (state === "running" || state === "asleep") preview.show();
    part("preview-empty").hidden = isUp;
    part("preview-words").textContent = state === "none" ? "Nothing runs yet." : words;
  });
}
