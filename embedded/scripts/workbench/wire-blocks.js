// A list of thousands of rows that grows at its end. Rows stand in blocks of fifty, of which the browser lays out those in
// sight: five thousand rows of their own would each cost it a little at every frame. What arrives is drawn in batches. The
// list follows its end unless the reader has scrolled away from it; above its limit the oldest block goes.

import { batches } from "./batches.js";
import { make } from "./parts.js";

const BLOCK = 50;
// Blocks whose height is to be told to the browser.
const unsettled = new Set();

// `toRows` makes of a batch the rows to append; `drop` is told of each row that goes, and `isHeavy` says whether more have to;
// how many are gone in all is told after each drawing.
export function blockList(list, limit, { toRows, drop, isHeavy, onDrawn }) {
  let count = 0;
  let dropped = 0;

  const lastBlock = () => {
    const last = list.lastElementChild;
    if (last && last.count < BLOCK) return last;
    const block = make("div", { role: "none", class: "wire-block" });
    Object.assign(block, { count: 0, shown: 0 });
    list.append(block);
    return block;
  };

  const append = (row) => {
    const block = lastBlock();
    block.append(row);
    block.count += 1;
    count += 1;
    measure(block, row.hidden ? 0 : 1);
  };

  const shorten = () => {
    while (count > limit || (isHeavy() && list.childElementCount > 1)) {
      const oldest = list.firstElementChild;
      for (const row of oldest.children) drop(row);
      count -= oldest.count;
      dropped += oldest.count;
      oldest.remove();
    }
  };

  const arriving = batches((batch) => {
    const follows = list.scrollHeight - list.scrollTop - list.clientHeight < 40;
    const rows = toRows(batch);
    rows.forEach(append);
    settle();
    shorten();
    onDrawn(dropped);
    if (follows && rows.length > 0) list.scrollTop = list.scrollHeight;
  });

  return {
    add: arriving.add,
    // Draws at once what waits.
    draw: arriving.give,
    remove(row) {
      const block = row.parentNode;
      row.remove();
      block.count -= 1;
      count -= 1;
      measure(block, row.hidden ? 0 : -1);
      settle();
    },
    clear() {
      arriving.clear();
      count = 0;
      dropped = 0;
      list.replaceChildren();
      onDrawn(0);
    },
  };
}

export const rowsOf = (list) => [...list.querySelectorAll("[role=option]")];

// Hides a row, or shows it; `settle` comes behind the last one.
export function hide(row, isHidden) {
  if (row.hidden === isHidden) return;
  row.hidden = isHidden;
  if (row.parentNode) measure(row.parentNode, isHidden ? -1 : 1);
}

// A block that is not laid out is as high as its rows will be: all are equally high.
function measure(block, more) {
  block.shown += more;
  unsettled.add(block);
}

export function settle() {
  for (const block of unsettled) {
    block.style.setProperty("--rows", block.shown);
    block.hidden = block.shown === 0;
  }
  unsettled.clear();
}
