// The preview's toolbar: Back, Forward, Reload, the address, a copy of it, and what to do with it.

import { quietly } from "./keep.js";
import { announce, part } from "./parts.js";

const HINT = "hxlab.second-browser";

const UNPLACED = "Run it first: it gets its address then.";

export function showAddress(preview) {
  const field = part("preview-address");
  let here = null;
  let origin = null;

  const show = (url) => {
    here = url;
    ({ origin } = new URL(url));
    part("preview-open").href = url;
    field.title = url;
    if (document.activeElement !== field) field.value = url.slice(origin.length);
  };

  preview.addEventListener("moved", ({ detail }) => show(detail));
  preview.addEventListener("location", ({ detail }) => {
    show(detail.url);
    part("preview-back").disabled = !detail.back;
    part("preview-forward").disabled = !detail.forward;
  });
  // Before the page can be seen: it would move under the pointer.
  preview.addEventListener("opening", () => {
    part("preview-hint").hidden = quietly(() => localStorage.getItem(HINT)) === "seen";
  });
  preview.addEventListener("leaving", ({ detail }) => {
    show(detail.url);
    part("preview-back").disabled = false;
  });

  field.addEventListener("keydown", (event) => {
    if (event.key === "Escape") restore();
    if (event.key !== "Enter" || event.shiftKey) return;
    event.preventDefault();
    const goal = origin && within(field.value.trim(), origin);
    const where = `The preview stays at ${origin}/: give a path such as /page/2.`;
    field.setCustomValidity(goal ? "" : origin ? where : UNPLACED);
    if (goal) preview.visit(goal);
    else field.reportValidity();
  });
  field.addEventListener("input", () => field.setCustomValidity(""));
  field.addEventListener("focus", () => field.select());
  field.addEventListener("blur", () => restore());

  part("preview-back").addEventListener("click", preview.back);
  part("preview-forward").addEventListener("click", preview.forward);
  part("preview-reload").addEventListener("click", preview.reload);
  part("preview-copy").addEventListener("click", async () => {
    if (!here) return announce(UNPLACED);
    if (await copied()) {
      announce("The address is copied. Open it in a second browser.");
      part("preview-copy").dataset.done = "";
      setTimeout(() => delete part("preview-copy").dataset.done, 1500);
    }
  });
  // On plain http browsers offer no clipboard but the selection's; what cannot be copied stays selected.
  const copied = async () => {
    const isWritten = await navigator.clipboard?.writeText(here).then(
      () => true,
      () => false,
    );
    if (isWritten) return true;
    field.value = here;
    field.focus();
    field.select();
    return document.execCommand("copy");
  };
  part("preview-hint-close").addEventListener("click", () => {
    part("preview-hint").hidden = true;
    quietly(() => localStorage.setItem(HINT, "seen"));
  });
  const restore = () => (field.value = here ? here.slice(origin.length) : "/");
  if (preview.home) show(preview.home);
}

// The address meant, when it belongs to this sandbox.
function within(text, origin) {
  const path = /^(https?:)?\/\//.test(text) || text.startsWith("/") ? text : `/${text}`;
  const url = URL.canParse(path, origin) ? new URL(path, origin) : null;
  return url?.origin === origin ? url.href : null;
}
