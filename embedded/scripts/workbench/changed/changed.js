// What an exchange has changed in the clients' pages and why, in the detail of its row. What several clients got at once is
// told of each of them.

import { batches } from "../batches.js";
import { keepFocus } from "../focus-kept.js";
import { make } from "../parts.js";
import { changedView } from "./view.js";
import { openKept } from "./kept.js";
import { readRecord } from "./message.js";
import { openOutline } from "./outline.js";

export function openChanged({ pages, places, opened }) {
  const kept = openKept(opened);
  const outline = openOutline(pages);
  let shown = null;

  const ofClient = (entry) => (pages.has(entry.client) ? entry.client : null);
  const recordsOf = (entry) => kept.of(entry).filter(({ name }) => name === ofClient(entry));
  const countOf = (entries) => entries.reduce((sum, entry) => sum + recordsOf(entry).length, 0);
  const view = (entry, isNamed) =>
    changedView(entry, recordsOf(entry), {
      places,
      outline,
      isUnsure: kept.isUnsure(entry),
      whom: isNamed ? shown.nameOf(entry.client) : "",
    });

  const draw = () => {
    outline.hide();
    if (!shown?.place?.isConnected) return;
    const { place } = shown;
    const entries = shown.entries();
    shown.told = [entries.length, countOf(entries)].join();
    const isNamed = entries.length > 1 || !pages.isOne();
    const views = entries.map((entry) => view(entry, isNamed)).filter(({ length }) => length > 0);
    const parts = views.map((each) => make("div", {}, ...each));
    keepFocus(place, () => place.replaceChildren(...parts));
    place.hidden = parts.length === 0;
  };

  // What comes for the exchange that is looked at is drawn with the rest of its kind.
  const arriving = batches(() => {
    if (!shown?.place) return;
    const entries = shown.entries();
    if ([entries.length, countOf(entries)].join() !== shown.told) draw();
  });

  return {
    add(waiting) {
      for (const { said, preview, name } of waiting) {
        const record = readRecord(said);
        if (record) kept.add({ ...record, name, preview });
      }
      arriving.add(null);
    },
    // Another entry may be one of those that are looked at.
    look: () => arriving.add(null),
    // What was told belongs to exchanges of another life of the sandbox.
    clear() {
      kept.clear();
      draw();
    },
    // `entries` gives those that are looked at, and `nameOf` says who a client is.
    draw({ place, entries, nameOf }) {
      shown = { place, entries, nameOf, told: "" };
      draw();
    },
  };
}
