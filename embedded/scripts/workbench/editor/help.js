// The editor's help: it completes, explains and underlines. It is loaded when somebody first goes to the editor;
// where it does not come, the editor works without it, and the next visit to the editor tries again.

import { Compartment } from "@codemirror/state";

const PAUSE_MS = 3000;

export const helpSlot = new Compartment();

export function offerHelp(host, { project, htmx }, put) {
  const hands = ["focusin", "pointerenter", "keydown"];
  let isComing = false;
  let tries = 0;

  const load = async () => {
    if (isComing) return;
    isComing = true;
    try {
      const { openHelp } = await import(addressFor(tries));
      put(openHelp({ project, htmx }));
      for (const each of hands) host.removeEventListener(each, load);
    } catch {
      tries += 1;
      setTimeout(() => (isComing = false), PAUSE_MS);
    }
  };
  for (const each of hands) host.addEventListener(each, load);
}

// An address that failed once is not asked for again by Firefox, so each try has another.
function addressFor(tries) {
  const address = new URL("editor-help.js", import.meta.url);
  if (tries > 0) address.search = `try=${tries + 1}`;
  return address.href;
}
