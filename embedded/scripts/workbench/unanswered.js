// Whether the page in the preview stopped the lesson's page when it was shown last. Where a browser gives both one
// process, as on plain http at a name or an address, a loop in the one stops the other, which can do nothing more then.
// So it writes a mark before the page begins, and takes it away once the page has answered for some time, or is left.
// A mark that is found when the lesson is opened holds the page back until it is asked for.
//
// Each tab has a mark of its own: what is heard in one tab says nothing of another's page.

import { quietly, tabName } from "./keep.js";

// What a page does by itself, such as by a timer, it mostly does by then. What somebody has to do first is not done by
// itself the next time.
const SETTLED_MS = 10_000;
// Firefox ends a loop when its tab is closed or leads elsewhere, and has the page hear that it is left. A clock that
// stood still says that it was stopped until then.
const BEAT_MS = 1000;
const STOPPED_MS = 2500;

export function openUnanswered(work) {
  const prefix = `hxlab.unanswered.${work}.`;
  const own = prefix + tabName();
  const keys = quietly(() => Object.keys(localStorage)) ?? [];
  const left = keys.filter((key) => key.startsWith(prefix));
  let isHeld = left.length > 0;
  // When the page began, while there is a mark.
  let since = null;
  let beat = Date.now();
  let wasStopped = false;

  const look = () => {
    const now = Date.now();
    wasStopped ||= now - beat > STOPPED_MS;
    beat = now;
  };
  setInterval(look, BEAT_MS);
  const forget = () => {
    if (since === null) return;
    since = null;
    for (const key of [own, ...left.splice(0)]) quietly(() => localStorage.removeItem(key));
  };
  window.addEventListener("pagehide", () => {
    look();
    if (!wasStopped) forget();
  });

  return {
    get isHeld() {
      return isHeld;
    },
    // A page may begin now.
    begins() {
      isHeld = false;
      wasStopped = false;
      beat = since = Date.now();
      quietly(() => localStorage.setItem(own, "1"));
    },
    // The page has said something.
    answered: () => since !== null && Date.now() - since >= SETTLED_MS && forget(),
    // The page is gone.
    forget,
  };
}
