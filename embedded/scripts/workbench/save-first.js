// What does something with that which the server holds, such as Share and Download, waits until all that was typed is
// saved. Without a script it takes what the server holds. A form's `data-save-first` is what a button says that does it
// with what is saved already.

import { dismiss, notice } from "./notice.js";
import { part } from "./parts.js";

const UNSAVED = "Your last changes are not saved yet.";

export function saveFirst(draft) {
  draft.addEventListener("state", () => draft.state === "saved" && dismiss(UNSAVED));
  for (const form of document.querySelectorAll("form[data-save-first]"))
    form.addEventListener(
      "submit",
      waiting(draft, form.dataset.saveFirst, () => form.submit()),
    );
  const link = part("export");
  link.addEventListener(
    "click",
    waiting(draft, "Download what is saved", () => location.assign(link.href)),
  );
}

// A listener that does it at once where all is saved, and else once it is; pressed again meanwhile, it is done once.
function waiting(draft, label, act) {
  let waits = false;
  return async (event) => {
    if (!waits && !draft.dirty) return;
    event.preventDefault();
    if (waits) return;
    waits = true;
    const isSaved = await draft.save();
    waits = false;
    if (isSaved) act();
    else notice(UNSAVED, label, act);
  };
}
