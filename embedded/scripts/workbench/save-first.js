// What does something with that which the server holds, such as Share and Download, waits until all that was typed is
// saved. Without a script it takes what the server holds.

import { notice } from "./notice.js";
import { part } from "./parts.js";

export function saveFirst(draft) {
  for (const form of document.querySelectorAll("form[data-save-first]")) {
    const share = () => form.submit();
    form.addEventListener("submit", (event) => wait(draft, event, "Share what is saved", share));
  }
  const link = part("export");
  const download = () => location.assign(link.href);
  link.addEventListener("click", (event) => wait(draft, event, "Download what is saved", download));
}

// `act` does what was asked for by the event.
async function wait(draft, event, label, act) {
  if (!draft.dirty) return;
  event.preventDefault();
  if (await draft.save()) act();
  else notice("Your last changes are not saved yet.", label, act);
}
