// What the clients' pages say htmx has changed: all that keeps and shows it is loaded with the first of it. Until it is
// there, what is told waits for it; where it does not come, a line says so.

import { whenLoaded } from "./lazy.js";

const OPENED = 200;
// As much as waits: what came before is left out.
const WAITING = 200;

let fill = () => {};

/**
 * Says in a place of the detail what some entries have changed, with who the clients are: { place, entries, nameOf }; null
 * where none is looked at any more.
 */
export const fillChanged = (looked) => fill(looked);

export function keepChanges({ feed, pages, places }) {
  // The streams of the clients, in the order in which they opened.
  const opened = [];
  const waiting = [];
  let shown = null;
  let changed = null;
  let isAsked = false;

  const load = () => {
    isAsked = true;
    return whenLoaded(
      () => import("./changed/changed.js"),
      ({ openChanged }) => {
        changed ??= openChanged({ pages, places, opened });
        changed.add(waiting.splice(0));
        if (shown) changed.draw(shown);
      },
    );
  };

  pages.addEventListener("changes", ({ detail: { entries, preview, name } }) => {
    waiting.push(...entries.map((said) => ({ said, preview, name })));
    waiting.splice(0, waiting.length - WAITING);
    if (changed) changed.add(waiting.splice(0));
    else if (!isAsked) load();
  });
  feed.addEventListener("renewed", () => {
    opened.length = 0;
    waiting.length = 0;
    changed?.clear();
  });
  feed.addEventListener("wire", ({ detail: { kind, event, heard, stream } }) => {
    changed?.look();
    if (kind !== "sse" || event !== "open" || !heard?.line) return;
    opened.push({ line: heard.line, stream });
    if (opened.length > OPENED) opened.shift();
  });
  fill = (looked) => {
    shown = looked;
    if (changed) changed.draw(looked ?? { place: null });
    else if (looked) load();
  };
}
