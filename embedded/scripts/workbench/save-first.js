// A form that does something with what the server holds, such as Share, waits until all that was typed is saved.

import { notice } from "./notice.js";

export function saveFirst(draft) {
  for (const form of document.querySelectorAll("form[data-save-first]")) {
    form.addEventListener("submit", async (event) => {
      if (!draft.dirty) return;
      event.preventDefault();
      if (await draft.save()) form.submit();
      else
        notice("Your last changes are not saved yet.", "Share what is saved", () => form.submit());
    });
  }
}
