// What an exchange has changed in the preview and why, in the detail of its row.

import { batches } from "../batches.js";
import { keepFocus } from "../focus-kept.js";
import { changedView } from "./view.js";
import { openKept } from "./kept.js";
import { readRecord } from "./message.js";
import { openOutline } from "./outline.js";

export function openChanged({ preview, places, opened }) {
  const kept = openKept(opened);
  const outline = openOutline(preview);
  let shown = null;

  const draw = () => {
    outline.hide();
    if (!shown?.place?.isConnected) return;
    const { place, entry } = shown;
    shown.count = kept.of(entry).length;
    const parts = { places, outline, isUnsure: kept.isUnsure(entry) };
    keepFocus(place, () => place.replaceChildren(...changedView(entry, kept.of(entry), parts)));
    place.hidden = place.childElementCount === 0;
  };

  // What comes for the exchange that is looked at is drawn with the rest of its kind.
  const arriving = batches(() => {
    if (shown?.place && kept.of(shown.entry).length !== shown.count) draw();
  });

  return {
    add(entries) {
      for (const record of entries.map(readRecord)) if (record) kept.add(record);
      arriving.add(null);
    },
    // What was told belongs to exchanges of another life of the sandbox.
    clear() {
      kept.clear();
      draw();
    },
    draw(place, entry) {
      shown = { place, entry, count: 0 };
      draw();
    },
  };
}
