// The preview's toolbar: Back, Forward, Reload, the address, a copy of it, and what to do with it.

import { quietly } from "./keep.js";
import { announce, part } from "./parts.js";

const HINT = "hxlab.second-browser";

export function showAddress(preview) {
  const field = part("preview-address");
  const { origin } = new URL(preview.home);
  let here = preview.home;

  const show = (url) => {
    here = url;
    part("preview-open").href = url;
    field.title = url;
    if (document.activeElement !== field) field.value = url.slice(origin.length);
  };

  preview.addEventListener("location", ({ detail }) => {
    show(detail.url);
    part("preview-back").disabled = !detail.back;
    part("preview-forward").disabled = !detail.forward;
    part("preview-hint").hidden = quietly(() => localStorage.getItem(HINT)) === "seen";
  });
  preview.addEventListener("leaving", ({ detail }) => {
    show(detail.url);
    part("preview-back").disabled = false;
  });

  field.addEventListener("keydown", (event) => {
    if (event.key === "Escape") field.value = here.slice(origin.length);
    if (event.key !== "Enter" || event.shiftKey) return;
    event.preventDefault();
    const goal = within(field.value.trim(), origin);
    field.setCustomValidity(
      goal ? "" : `The preview stays at ${origin}/: give a path such as /page/2.`,
    );
    if (goal) preview.visit(goal);
    else field.reportValidity();
  });
  field.addEventListener("input", () => field.setCustomValidity(""));
  field.addEventListener("focus", () => field.select());
  field.addEventListener("blur", () => show(here));

  part("preview-back").addEventListener("click", preview.back);
  part("preview-forward").addEventListener("click", preview.forward);
  part("preview-reload").addEventListener("click", preview.reload);
  part("preview-copy").addEventListener("click", async () => {
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
  show(here);
}

// The address meant, when it belongs to this sandbox.
function within(text, origin) {
  const path = /^(https?:)?\/\//.test(text) || text.startsWith("/") ? text : `/${text}`;
  const url = URL.canParse(path, origin) ? new URL(path, origin) : null;
  return url?.origin === origin ? url.href : null;
}
