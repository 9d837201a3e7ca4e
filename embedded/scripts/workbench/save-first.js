// A form that does something with what the server holds, such as Share, waits until all that was typed is saved. Its
// `data-save-first` is what a button says that does it with what is saved already.

import { notice } from "./notice.js";

export function saveFirst(draft) {
  for (const form of document.querySelectorAll("form[data-save-first]")) {
    let waits = false;
    form.addEventListener("submit", async (event) => {
      if (!waits && !draft.dirty) return;
      event.preventDefault();
      if (waits) return;
      waits = true;
      const isSaved = await draft.save();
      waits = false;
      if (isSaved) form.submit();
      else
        notice("Your last changes are not saved yet.", form.dataset.saveFirst, () => form.submit());
    });
  }
}
