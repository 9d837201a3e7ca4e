// The rows of a list of thousands. They stand in blocks of fifty, of which the browser lays out those in sight: five thousand
// rows of their own would each cost it a little at every frame. Above the limit the oldest block goes.

import { make } from "./parts.js";

const BLOCK = 50;
// Blocks whose height is to be told to the browser.
const unsettled = new Set();

// `drop` is told of each row that goes, and `isHeavy` says whether more than those above the limit have to.
export const inBlocks =
  (limit, { drop, isHeavy }) =>
  (list, end) => {
    let count = 0;

    const lastBlock = () => {
      const last = list.lastElementChild;
      if (last && last.count < BLOCK) return last;
      const block = make("div", { role: "none", class: "wire-block" });
      Object.assign(block, { count: 0, shown: 0 });
      list.append(block);
      end.watch(block);
      return block;
    };

    const append = (row) => {
      const block = lastBlock();
      block.append(row);
      block.count += 1;
      count += 1;
      measure(block, row.hidden ? 0 : 1);
    };

    return {
      append(rows) {
        rows.forEach(append);
        settle();
      },
      shorten() {
        const before = count;
        while (count > limit || (isHeavy() && list.childElementCount > 1)) {
          const oldest = list.firstElementChild;
          for (const row of oldest.children) drop(row);
          count -= oldest.count;
          oldest.remove();
        }
        return before - count;
      },
      remove(row) {
        const block = row.parentNode;
        row.remove();
        block.count -= 1;
        count -= 1;
        measure(block, row.hidden ? 0 : -1);
        settle();
      },
      clear: () => (count = 0),
    };
  };

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
