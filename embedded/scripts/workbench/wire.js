// The wire: each request, WebSocket frame and server-sent event, newest at the end. An entry that comes
// again is the later state of it and takes the row's place.

import { growingList } from "./growing-list.js";
import { announce, part } from "./parts.js";
import { showDetail } from "./wire-detail.js";
import { filterWire } from "./wire-filter.js";
import { chooseRows } from "./wire-choice.js";
import { wireRow } from "./wire-row.js";

const LIMIT = 500;
// By then a new row is drawn.
const DRAWN_MS = 32;
// What the preview itself needs is no part of the learner's application.
const OURS = "/.hxlab/";

export function showWire(feed) {
  const list = part("wire-list");
  const rows = new Map();
  const paused = [];
  let isPaused = false;

  const growing = growingList(list, LIMIT, (dropped) => {
    const words = `${dropped} older exchanges are no longer listed: the wire keeps ${LIMIT}.`;
    part("wire-note").textContent = dropped ? words : "";
    if (rows.size > LIMIT * 2) forgetDropped();
  });
  const filter = filterWire(list);
  const choice = chooseRows(list, (row) => {
    showDetail(row?.entry, () => choice.choose(null));
  });

  const write = (entry) => {
    const row = wireRow(entry);
    row.entry = entry;
    filter.apply(row);
    const before = rows.get(entry.entry);
    rows.set(entry.entry, row);
    if (before?.isConnected) {
      before.replaceWith(row);
      if (choice.chosen === before) choice.choose(row);
    } else if (before) {
      // Its row is not drawn yet, or was dropped: a row in waiting is only brought up to date.
      setTimeout(() => before.isConnected && before.replaceWith(row), DRAWN_MS);
    } else {
      growing.add(row);
    }
  };

  const forgetDropped = () => {
    for (const [number, row] of rows) if (!row.isConnected) rows.delete(number);
  };

  const clear = () => {
    choice.choose(null);
    rows.clear();
    paused.length = 0;
    growing.clear();
  };

  const pause = () => {
    isPaused = !isPaused;
    part("wire-pause").setAttribute("aria-pressed", `${isPaused}`);
    if (isPaused) part("wire-note").textContent = "Paused.";
    else part("wire-note").textContent = "";
    for (const entry of paused.splice(0)) write(entry);
  };

  feed.addEventListener("wire", ({ detail }) => {
    if (detail.path.startsWith(OURS)) return undefined;
    if (!isPaused) return write(detail);
    paused.push(detail);
    if (paused.length > LIMIT) paused.shift();
    part("wire-note").textContent = `Paused: ${paused.length} waiting.`;
    return undefined;
  });
  feed.addEventListener("begin", clear);
  part("wire-pause").addEventListener("click", pause);
  part("wire-clear").addEventListener("click", clear);
  return {
    // Shows the entry of this number and goes there; says so where it is no longer listed.
    show(number) {
      if (isPaused) pause();
      setTimeout(() => {
        const row = rows.get(number);
        if (!row?.isConnected) return announce("That exchange is no longer listed.");
        if (row.hidden) filter.reset();
        choice.choose(row);
        list.focus();
      }, DRAWN_MS);
    },
  };
}
