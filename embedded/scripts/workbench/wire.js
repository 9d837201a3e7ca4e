// The wire: each request, WebSocket frame and server-sent event, newest at the end. An entry that comes
// again is the later state of it and takes the row's place.

import { growingList } from "./growing-list.js";
import { announce, part } from "./parts.js";
import { showDetail } from "./wire-detail.js";
import { filterWire } from "./wire-filter.js";
import { chooseRows } from "./wire-choice.js";
import { wireRow } from "./wire-row.js";

const LIMIT = 500;
// What the preview itself needs is no part of the learner's application.
const OURS = "/.hxlab/";

export function showWire(feed) {
  const list = part("wire-list");
  const rows = new Map();
  const paused = [];
  let isPaused = false;

  // Of a batch, each exchange is drawn once, in its last state. One whose row was dropped stays so.
  const toRows = (entries) => {
    const latest = new Map(entries.map((entry) => [entry.entry, entry]));
    return [...latest.values()].map(replaceOrMake).filter(Boolean);
  };

  const replaceOrMake = (entry) => {
    const before = rows.get(entry.entry);
    if (before && !before.isConnected) return null;
    const row = wireRow(entry);
    row.entry = entry;
    filter.apply(row);
    rows.set(entry.entry, row);
    if (!before) return row;
    before.replaceWith(row);
    if (choice.chosen === before) choice.choose(row);
    return null;
  };

  const growing = growingList(list, LIMIT, {
    toRows,
    onDropped(dropped) {
      const words = `${dropped} older exchanges are no longer listed: the wire keeps ${LIMIT}.`;
      part("wire-note").textContent = dropped ? words : "";
      if (rows.size > LIMIT * 2) forgetDropped();
    },
  });
  const filter = filterWire(list);
  const choice = chooseRows(list, (row) => {
    showDetail(row?.entry, () => choice.choose(null));
  });

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
    for (const entry of paused.splice(0)) growing.add(entry);
  };

  const isOurs = ({ path }) => path.startsWith(OURS);

  feed.addEventListener("wire", ({ detail }) => {
    if (isOurs(detail)) return undefined;
    if (!isPaused) return growing.add(detail);
    paused.push(detail);
    if (paused.length > LIMIT) paused.shift();
    part("wire-note").textContent = `Paused: ${paused.length} waiting.`;
    return undefined;
  });
  feed.addEventListener("begin", clear);
  part("wire-pause").addEventListener("click", pause);
  part("wire-clear").addEventListener("click", clear);
  return {
    // Lists these entries at the end and goes to the one of this number.
    show(entries, number) {
      if (isPaused) pause();
      growing.draw();
      for (const { entry } of entries) {
        rows.get(entry)?.remove();
        rows.delete(entry);
      }
      for (const entry of entries) if (!isOurs(entry)) growing.add(entry);
      growing.draw();
      const row = rows.get(number);
      if (!row) return announce("That exchange is not listed.");
      if (row.hidden) filter.reset();
      choice.choose(row);
      return list.focus();
    },
  };
}
