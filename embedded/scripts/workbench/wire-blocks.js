// A list of thousands of rows that grows at its end. Rows stand in blocks of fifty, of which the browser lays out those in
// sight: five thousand rows of their own would each cost it a little at every frame. Above its limit the oldest block goes.

import { growingList } from "./growing-list.js";
import { make } from "./parts.js";

const BLOCK = 50;
// Blocks whose height is to be told to the browser.
const unsettled = new Set();

// A growing list (growing-list.js) of which a row can also be taken out.
export function blockList(list, limit, { toRows, onDrawn }) {
  const { remove, ...rows } = blocks(list);
  return { ...growingList(list, limit, { rows, toRows, onDrawn }), remove };
}

function blocks(list) {
  let count = 0;

  const lastBlock = () => {
    const last = list.lastElementChild;
    if (last && last.count < BLOCK) return last;
    const block = make("div", { role: "none", class: "wire-block" });
    Object.assign(block, { count: 0, shown: 0 });
    list.append(block);
    return block;
  };

  // One more row in a block, or one less.
  const change = (block, row, by) => {
    block.count += by;
    count += by;
    measure(block, row.hidden ? 0 : by);
  };

  return {
    append(rows) {
      for (const row of rows) {
        const block = lastBlock();
        block.append(row);
        change(block, row, 1);
      }
      settle();
    },
    trim(limit) {
      const gone = [];
      while (count > limit) {
        const oldest = list.firstElementChild;
        gone.push(...oldest.children);
        count -= oldest.count;
        oldest.remove();
      }
      return gone;
    },
    remove(row) {
      const block = row.parentNode;
      row.remove();
      change(block, row, -1);
      settle();
    },
    clear() {
      count = 0;
      list.replaceChildren();
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
