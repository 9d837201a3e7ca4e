// What of the wire is shown: by protocol and by text.

import { bench, part } from "./parts.js";

export function filterWire(list) {
  const chips = [...bench.querySelectorAll("[data-wire-kind]")];
  const shown = new Set(chips.map((chip) => chip.dataset.wireKind));
  let text = "";

  const apply = (row) => {
    row.hidden = !shown.has(row.dataset.kind) || !row.words.includes(text);
  };
  const applyAll = () => [...list.children].forEach(apply);

  for (const chip of chips) {
    chip.addEventListener("click", () => {
      const { wireKind } = chip.dataset;
      if (!shown.delete(wireKind)) shown.add(wireKind);
      chip.setAttribute("aria-pressed", `${shown.has(wireKind)}`);
      applyAll();
    });
  }
  part("wire-text").addEventListener("input", (event) => {
    text = event.target.value.trim().toLowerCase();
    applyAll();
  });
  return {
    apply,
    // Shows all again.
    reset() {
      text = "";
      part("wire-text").value = "";
      for (const chip of chips) {
        shown.add(chip.dataset.wireKind);
        chip.setAttribute("aria-pressed", "true");
      }
      applyAll();
    },
  };
}
