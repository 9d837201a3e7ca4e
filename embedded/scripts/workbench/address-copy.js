// A copy of the preview's address, for another browser, and the hint that there may be one.

import { UNPLACED } from "./address.js";
import { quietly } from "./keep.js";
import { announce, part } from "./parts.js";

const HINT = "hxlab.second-browser";

// `here` gives the address, null while there is none.
export function offerCopy({ preview, here }) {
  const field = part("preview-address");

  // Before the page can be seen: it would move under the pointer.
  preview.addEventListener("opening", () => {
    part("preview-hint").hidden = quietly(() => localStorage.getItem(HINT)) === "seen";
  });
  part("preview-copy").addEventListener("click", async () => {
    if (!here()) return announce(UNPLACED);
    if (await copied()) {
      announce("The address is copied. Open it in a second browser.");
      part("preview-copy").dataset.done = "";
      setTimeout(() => delete part("preview-copy").dataset.done, 1500);
    }
  });
  // On plain http browsers offer no clipboard but the selection's; what cannot be copied stays selected.
  const copied = async () => {
    const isWritten = await navigator.clipboard?.writeText(here()).then(
      () => true,
      () => false,
    );
    if (isWritten) return true;
    field.value = here();
    field.focus();
    field.select();
    return document.execCommand("copy");
  };
  part("preview-hint-close").addEventListener("click", () => {
    part("preview-hint").hidden = true;
    quietly(() => localStorage.setItem(HINT, "seen"));
  });
}
