// A preview's toolbar: Back, Forward, Reload, the address, and a link that opens it. `find` gives its parts.

import { make, part } from "./parts.js";

// A page that takes the focus has it for less long: what was being typed is still there when the focus is back.
const LEFT_MS = 500;

export const UNPLACED = "Run it first: it gets its address then.";

// Gives `here`, where the preview is, null while it has no address.
export function showAddress(preview, find = part) {
  const field = find("preview-address");
  const fault = make("p", { class: "address-fault", role: "alert", hidden: true });
  let here = null;
  let origin = null;
  // The timer of a field that was left just now.
  let left = 0;
  field.closest(".address-bar").after(fault);

  const say = (words) => {
    fault.textContent = words;
    fault.hidden = words === "";
    field.setAttribute("aria-invalid", `${words !== ""}`);
  };

  const show = (url) => {
    here = url;
    ({ origin } = new URL(url));
    find("preview-open").href = url;
    field.title = url;
    if (document.activeElement !== field && !left) field.value = url.slice(origin.length);
  };

  preview.addEventListener("moved", ({ detail }) => show(detail));
  preview.addEventListener("location", ({ detail }) => {
    show(detail.url);
    find("preview-back").disabled = !detail.back;
    find("preview-forward").disabled = !detail.forward;
  });
  preview.addEventListener("leaving", ({ detail }) => {
    show(detail.url);
    find("preview-back").disabled = false;
  });

  field.addEventListener("keydown", (event) => {
    if (event.key === "Escape") {
      say("");
      restore();
    }
    if (event.key !== "Enter" || event.shiftKey) return;
    event.preventDefault();
    const goal = origin && within(field.value.trim(), origin);
    const where = `A client here stays at ${origin}/: give a path such as /page/2.`;
    say(goal ? "" : origin ? where : UNPLACED);
    if (goal) preview.visit(goal);
  });
  field.addEventListener("input", () => say(""));
  field.addEventListener("focus", () => {
    clearTimeout(left);
    left = 0;
    field.select();
  });
  field.addEventListener("blur", () => {
    left = setTimeout(() => {
      left = 0;
      say("");
      restore();
    }, LEFT_MS);
  });

  find("preview-back").addEventListener("click", preview.back);
  find("preview-forward").addEventListener("click", preview.forward);
  find("preview-reload").addEventListener("click", preview.reload);
  const restore = () => (field.value = here ? here.slice(origin.length) : "/");
  if (preview.home) show(preview.home);
  return { here: () => here };
}

// The address meant, when it belongs to this sandbox.
function within(text, origin) {
  const path = /^(https?:)?\/\//.test(text) || text.startsWith("/") ? text : `/${text}`;
  const url = URL.canParse(path, origin) ? new URL(path, origin) : null;
  return url?.origin === origin ? url.href : null;
}
