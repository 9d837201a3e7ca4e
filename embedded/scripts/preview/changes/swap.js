// One swap in the making: looked at before and after, and told. What is done is looked at when its markup has settled,
// or before the next swap begins, so that each shows its own change.

import { nameOf } from "../name-of.js";
import { lookAt } from "./markup.js";

const settling = new Set();

/** Looks at all swaps that are done. */
export function settleAll() {
  for (const swap of settling) swap.finish();
}

/**
 * Begins a swap of `target`: `found` is how it was found, `how` the style with its source, `part` the part of the answer,
 * and `isFull` whether its markup is written out.
 */
export function beginSwap(records, { tie, why }, { target, found, how, part, isFull }) {
  settleAll();
  let look = null;
  let isFinished = false;
  let isGone = false;

  const swap = {
    target,
    isFull,
    retake() {
      if (isFinished) return;
      isGone = target instanceof Element && !target.isConnected;
      const isSeen = isFull && how.style !== "none" && target instanceof Element;
      look = isSeen ? lookAt(target, how.style) : null;
    },
    /** The swap has taken place. */
    done() {
      swap.isDone = true;
      settling.add(swap);
    },
    finish() {
      settling.delete(swap);
      if (isFinished) return;
      isFinished = true;
      if (isGone) return void records.tell({ tie, why, none: "gone", part: nameOf(target) });
      const { elements = [], ...markup } = look?.() ?? {};
      const shown = elements.length ? elements : [target].filter((it) => it instanceof Element);
      records.tell({
        tie,
        why,
        swap: {
          part,
          target: nameOf(target),
          found,
          how,
          isBrief: !look,
          show: records.remember(shown.slice(0, 20)),
          ...markup,
        },
      });
    },
    drop() {
      settling.delete(swap);
      isFinished = true;
    },
  };
  swap.retake();
  return swap;
}
