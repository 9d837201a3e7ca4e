// A list that only grows at its end, with a cap. What arrives is drawn in batches. It follows its end unless the
// reader has scrolled away from it.

import { batches } from "./batches.js";

// `toRows` makes of a batch the rows to append; how many are gone in all, and which now, is told after each drawing. How
// rows stand in the list is said by `rows`: { append(rows), trim(limit), clear() }, of which `trim` gives what is gone.
export function growingList(list, limit, { rows = plain(list), toRows, onDrawn }) {
  let dropped = 0;

  const arriving = batches((batch) => {
    const follows = list.scrollHeight - list.scrollTop - list.clientHeight < 40;
    const arrived = toRows(batch);
    rows.append(arrived);
    const gone = rows.trim(limit);
    dropped += gone.length;
    onDrawn(dropped, gone);
    if (follows && arrived.length > 0) list.scrollTop = list.scrollHeight;
  });

  return {
    add: arriving.add,
    // Draws at once what waits.
    draw: arriving.give,
    clear() {
      arriving.clear();
      dropped = 0;
      rows.clear();
      onDrawn(0, []);
    },
  };
}

// One below the other.
const plain = (list) => ({
  append: (rows) => list.append(...rows),
  trim(limit) {
    const gone = [...list.children].slice(0, Math.max(0, list.childElementCount - limit));
    for (const row of gone) row.remove();
    return gone;
  },
  clear: () => list.replaceChildren(),
});
