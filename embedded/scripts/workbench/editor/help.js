// The editor's help: it completes, explains and underlines. It is loaded when somebody first goes to the editor;
// where it does not come, the editor works without it, and the next visit to the editor tries again.

import { Compartment } from "@codemirror/state";

const PAUSE_MS = 3000;

export const helpSlot = new Compartment();

export function offerHelp(host, { project, htmx }, put) {
  const hands = ["focusin", "pointerenter", "keydown"];
  let isComing = false;

  const load = async () => {
    if (isComing) return;
    isComing = true;
    try {
      const { openHelp } = await import("./help/open.js");
      put(await openHelp({ project, htmx }));
      for (const each of hands) host.removeEventListener(each, load);
    } catch {
      setTimeout(() => (isComing = false), PAUSE_MS);
    }
  };
  for (const each of hands) host.addEventListener(each, load);
}
