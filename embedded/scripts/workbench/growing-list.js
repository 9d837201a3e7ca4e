// A list that only grows at its end, with a cap. What arrives is drawn in batches. It follows its end unless the
// reader has scrolled away from it.

import { batches } from "./batches.js";

// `toRows` makes of a batch the rows to append; how many were dropped is told after each drawing.
export function growingList(list, limit, { toRows, onDropped }) {
  let dropped = 0;

  const arriving = batches((batch) => {
    const follows = list.scrollHeight - list.scrollTop - list.clientHeight < 40;
    const rows = toRows(batch);
    dropped += Math.max(0, rows.length - limit);
    list.append(...rows.slice(-limit));
    const over = list.childElementCount - limit;
    for (let at = 0; at < over; at += 1) list.firstElementChild.remove();
    dropped += Math.max(0, over);
    onDropped(dropped);
    if (follows) list.scrollTop = list.scrollHeight;
  });

  return {
    add: arriving.add,
    // Draws at once what waits.
    draw: arriving.give,
    clear() {
      arriving.clear();
      dropped = 0;
      list.replaceChildren();
      onDropped(0);
    },
  };
}
