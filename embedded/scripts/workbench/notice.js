// One line above the code that offers something to do, such as Undo; the newest replaces the one before.

import { announce, part } from "./parts.js";

const box = part("notice");
const act = part("notice-act");
let onAct = null;
let onClose = null;

export function notice(words, label, run, dismissed = null) {
  part("notice-words").textContent = words;
  act.textContent = label;
  onAct = run;
  onClose = dismissed;
  box.hidden = false;
  announce(`${words} ${label} is offered above the code.`);
}

// Takes this line away, where it is the one that stands there: it is no longer so.
export function dismiss(words) {
  if (part("notice-words").textContent === words) close();
}

function close() {
  box.hidden = true;
}

act.addEventListener("click", () => {
  close();
  onAct?.();
});
part("notice-close").addEventListener("click", () => {
  close();
  onClose?.();
});
