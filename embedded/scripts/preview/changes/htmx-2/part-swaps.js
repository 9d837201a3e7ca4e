// Parts that say their own place, out of band or as an `<hx-partial>`: of the message that is heard, or of an answer.

import { first, last } from "../events.js";
import { holds } from "../inherit.js";
import { beginSwap } from "../swap.js";
import { byPart } from "../why.js";
import { lose, partFor, partsOf } from "../parts.js";

export function watchParts(records, scene) {
  const swaps = new WeakMap();

  const partsIn = (whole) =>
    (whole.parts ??= partsOf(whole.text ?? whole.detail.serverResponse, {
      isMessage: whole === scene.message && !whole.isStream,
      selectOob: holds(whole.detail?.requestConfig?.elt, "hx-select-oob", 2)?.value,
    }));

  // Whose part goes to an element, and the part.
  const whose = (target, isFull) => {
    const all = scene.message ? [scene.message] : [...scene.open];
    // To read an answer takes time.
    for (const whole of isFull ? all : []) {
      const part = partFor(partsIn(whole), target);
      if (part) return [whole, part];
    }
    return [all.at(-1), null];
  };

  const begin = (detail, kind) => {
    const { target } = detail;
    if (!(target instanceof Element) || swaps.has(detail)) return;
    const isFull = records.hasRoom();
    const [whole, part] = whose(target, isFull);
    if (!whole) return;
    const unknown = { found: byPart(""), how: { ...byPart(""), style: "outerHTML" }, part: kind };
    const swap = beginSwap(records, whole, { ...(part ?? unknown), target, isFull });
    Object.assign(swap, { whole, isWithin: whole.main?.target?.contains?.(target) });
    swaps.set(detail, swap);
    whole.isSwapped = true;
  };

  const end = (detail, event) => {
    const swap = swaps.get(detail);
    if (event.defaultPrevented || !detail.shouldSwap) swap?.drop();
    else swap?.done();
  };

  first("htmx:oobBeforeSwap", (detail) => begin(detail, "oob"));
  first("htmx:partialBeforeSwap", (detail) => begin(detail, "partial"));
  last("htmx:oobBeforeSwap", end);
  last("htmx:partialBeforeSwap", end);

  // What comes before the main part may lie in its place.
  first("htmx:oobAfterSwap", (detail) => {
    const swap = swaps.get(detail);
    if (!swap || swap.isSeen) return;
    swap.isSeen = true;
    swap.done();
    if (!swap.isWithin) return;
    swap.finish();
    swap.whole.main.retake();
  });

  const onLost = (selector) => {
    const all = scene.message ? [scene.message] : [...scene.open];
    const isIn = (whole) => partsIn(whole).some((part) => part.selector === selector);
    const whole = all.find(isIn) ?? all.at(-1);
    if (whole) lose(records, whole, selector);
  };
  first("htmx:oobErrorNoTarget", ({ target }) => onLost(target));
  first("htmx:partialErrorNoTarget", ({ targetSelector }) => onLost(targetSelector));
}
