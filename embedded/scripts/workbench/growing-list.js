// A list that only grows at its end. What arrives is drawn in batches; the list follows its end (`follow-end.js`).

import { batches } from "./batches.js";
import { followEnd } from "./follow-end.js";

// `toRows` makes of a batch the rows to append. `rowsIn` makes of the list what holds its rows: `append` them, `shorten` gives
// how many have gone since there is no more room, and `clear` tells that all have. How many are gone in all is told after
// each drawing.
export function growingList(list, { toRows, rowsIn, onDrawn }) {
  let dropped = 0;
  const end = followEnd(list);
  const rows = rowsIn(list, end);

  const arriving = batches((batch) => {
    rows.append(toRows(batch));
    dropped += rows.shorten();
    end.keep();
    onDrawn(dropped);
  });

  return {
    ...rows,
    keep: end.keep,
    show: end.show,
    add: arriving.add,
    // Draws at once what waits.
    draw: arriving.give,
    clear() {
      arriving.clear();
      dropped = 0;
      rows.clear?.();
      list.replaceChildren();
      onDrawn(0);
    },
  };
}

// Of more rows than the limit the oldest go.
export const atMost = (limit) => (list) => ({
  append: (rows) => list.append(...rows),
  shorten() {
    const over = list.childElementCount - limit;
    for (let at = 0; at < over; at += 1) list.firstElementChild.remove();
    return Math.max(0, over);
  },
});
