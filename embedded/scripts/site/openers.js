// What opens over a page: the palette by Ctrl/Cmd+K or its button, the list of keys by a question mark. Each is
// loaded when it is first asked for.

import { isKeyOn } from "../keys/question-mark.js";
import { tellTrouble } from "./trouble.js";

const FIELDS = "input, textarea, select, [contenteditable]:not([contenteditable=false])";

export function openOverPages(document) {
  // On pages at other hosts there is no button, and nothing to be found from there.
  const hasPalette = () => document.querySelector("[data-palette]") !== null;

  document.addEventListener("click", ({ target }) => {
    if (target.closest?.("[data-palette]")) openPalette(document);
  });
  document.addEventListener("keydown", (event) => {
    if (event.defaultPrevented || event.isComposing) return;
    const isFind = (event.ctrlKey || event.metaKey) && !event.shiftKey && !event.altKey;
    if (isFind && event.key.toLowerCase() === "k" && hasPalette()) {
      event.preventDefault();
      openPalette(document);
    } else if (event.key === "?" && !isTyping(event) && isKeyOn()) {
      event.preventDefault();
      openKeys(document);
    }
  });
}

// In the editor, too, which is in a shadow root.
function isTyping(event) {
  if (event.ctrlKey || event.metaKey || event.altKey) return true;
  const [at] = event.composedPath();
  return at.closest?.(FIELDS) !== null;
}

const isAsked = (document) => document.querySelector("dialog[open]") !== null;

const MISSING = "This could not be loaded: check the connection.";

// Where it does not come, the page says so; the next press asks for it again.
async function whenLoaded(document, load, act) {
  let module;
  try {
    module = await load();
  } catch {
    return tellTrouble(document, MISSING);
  }
  tellTrouble(document, "");
  return act(module);
}

const openPalette = (document) =>
  whenLoaded(
    document,
    () => import("../palette/palette.js"),
    ({ openPalette: open, closePalette }) => {
      if (!closePalette(document) && !isAsked(document)) open(document, { openKeys });
    },
  );

const openKeys = (document) =>
  whenLoaded(
    document,
    () => import("../keys/keys.js"),
    ({ showKeys }) => {
      if (!isAsked(document)) showKeys(document);
    },
  );
