// Whether the page is at rest: loaded, not about to be left, and no request under way. Lines that stay
// open (sockets, event streams) do not count. And whether it will stir by itself: a timer is due, a line is open.

import { LEAVING } from "../preview/leaving.js";
import { mayCome, watchComing } from "./coming.js";

// A navigation that has led nowhere after so long (a download, an answer of 204) is none. Stories wait longer
// (`story/patience.js`).
const LEAVING_MS = 3000;

let asked = 0;
let leaving = -Infinity;
let changes = 0;
let changedAt = 0;

// How often the document has changed so far.
export const changeCount = () => changes;

export function watchRest() {
  watchComing();
  const watcher = new MutationObserver(() => {
    changes += 1;
    changedAt = performance.now();
  });
  const all = { subtree: true, childList: true, attributes: true, characterData: true };
  watcher.observe(document, all);

  const { fetch } = window;
  window.fetch = async (...args) => {
    asked += 1;
    try {
      return await fetch(...args);
    } finally {
      asked -= 1;
    }
  };

  const { send } = XMLHttpRequest.prototype;
  XMLHttpRequest.prototype.send = function (...args) {
    asked += 1;
    this.addEventListener("loadend", () => (asked -= 1), { once: true });
    return send.apply(this, args);
  };

  window.addEventListener(LEAVING, () => (leaving = performance.now()));
}

// Until htmx has settled what it swapped in, a link in there is not yet one of htmx's.
const UNDER_WAY = ".htmx-request, .htmx-swapping, .htmx-settling, .htmx-added";
// Where a swap throws, htmx leaves these on the page: with no request under way and no change for so long they say nothing.
// Stories wait longer.
const LEFT_OVER_MS = 2000;

// Nothing is under way, and nothing comes by itself.
export const isStill = () => isIdle() && !mayCome();

export function isIdle(isDelayed) {
  const isLeaving = performance.now() - leaving < LEAVING_MS;
  if (document.readyState !== "complete" || isLeaving) return false;
  if (isDelayed) return true;
  if (asked > 0) return false;
  return performance.now() - changedAt > LEFT_OVER_MS || !document.querySelector(UNDER_WAY);
}
