// The page that Back or Forward asks the server for, where htmx has no copy.

import { last, tieOf } from "../events.js";
import { own } from "../inherit.js";
import { beginSwap, settleAll } from "../swap.js";
import { byPart, whyAsked } from "../why.js";

export function watchRestored(records) {
  let latest = null;

  last("htmx:historyCacheMissLoad", ({ xhr, historyElt: target }) => {
    if (!xhr || xhr === latest || !(target instanceof Element)) return;
    latest = xhr;
    const answer = {
      tie: tieOf(xhr.getResponseHeader("hxlab-entry")),
      why: whyAsked(document.body, "", { isRestore: true }),
    };
    const swap = beginSwap(records, answer, {
      target,
      found: byPart(own(target, "hx-history-elt") ? "hx-history-elt" : "body"),
      how: { ...byPart(""), style: "innerHTML" },
      part: "main",
      isFull: records.hasRoom(),
    });
    swap.done();
    queueMicrotask(settleAll);
  });
}
