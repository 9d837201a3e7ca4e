// What opens over a page: the palette by Ctrl/Cmd+K or its button, the list of keys by a question mark. Each is
// loaded when it is first asked for.

import { isKeyOn } from "../keys/question-mark.js";

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

async function openPalette(document) {
  const { openPalette: open, closePalette } = await import("../palette/palette.js");
  if (!closePalette(document) && !isAsked(document)) open(document, { openKeys });
}

async function openKeys(document) {
  const { showKeys } = await import("../keys/keys.js");
  if (!isAsked(document)) showKeys(document);
}
