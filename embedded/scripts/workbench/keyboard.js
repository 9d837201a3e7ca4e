// Keeps the keyboard with whoever types in the lesson. A page in the preview can take the focus in many ways, of which a
// window is told only that it has lost it. Where nobody clicked or tabbed into the preview, the focus goes back to where
// it was, and what was typed meanwhile goes after it. Whether somebody clicked, the page's script knows
// (preview/coming.js); of a page without it we go by where the mouse is.

import { focused, openHeld, restore, writtenIn } from "./typing.js";

// Who has pressed a key so lately, and has not moved the mouse since, is typing: what is sent here is theirs.
const TYPING_MS = 1000;
// A page that works answers sooner.
const ANSWERS_MS = 300;

export function keepKeyboard(preview) {
  let holder = null;
  let written = null;
  let typedAt = -Infinity;
  let givenBackAt = -Infinity;
  // Whether the lesson's page itself lets the focus go to the preview: by Tab, or as it was a click after all.
  let isTabbed = false;
  // The preview has the focus, and it is not known yet whether somebody wanted it; the timer of who is asked.
  let isLost = false;
  let asked = 0;
  // The preview has the focus, and somebody wanted it.
  let isGranted = false;
  const held = openHeld(() => {
    giveBack();
    return focused() === holder;
  });

  const isThere = () => preview.frame() !== null && document.activeElement === preview.frame();
  const since = (at) => performance.now() - at;
  const isPointedAt = () =>
    preview.frame().matches(":hover") || matchMedia("(hover: none)").matches;

  // The page's word of it may come before we hear that it is lost.
  const isStolen = () => isThere() && !isGranted;
  const note = () => {
    if (isThere()) return;
    holder = focused();
    written = writtenIn(holder);
  };
  const decided = () => {
    clearTimeout(asked);
    isLost = false;
  };
  const keep = () => {
    decided();
    isGranted = true;
    preview.order("kept");
  };
  const giveBack = () => {
    decided();
    if (!isThere()) return;
    givenBackAt = performance.now();
    if (holder?.isConnected && holder !== document.body) {
      const [field, before] = [holder, written];
      field.focus({ preventScroll: true });
      restore(field, before);
      note();
    }
    // What can no longer take it leaves it to the page.
    if (isThere()) preview.frame().blur();
    else if (preview.order("gone")) held.begin(ANSWERS_MS);
  };
  const doubt = () => {
    if (!isLost || !isThere()) return decided();
    if (isTabbed) return keep();
    // Also of who typed just now: they may have clicked. What they type until it is known is sent here.
    const unanswered = () => isPointedAt() || giveBack();
    if (!preview.order("whose")) return unanswered();
    asked = setTimeout(unanswered, ANSWERS_MS);
    return undefined;
  };

  // Chromium ignores a change of the focus that is made while it makes another one.
  window.addEventListener("blur", () => {
    isGranted = false;
    isLost = isThere();
    if (isLost) setTimeout(doubt);
  });
  // Where nothing in the lesson can take the focus, its window alone has it.
  window.addEventListener("focus", () => {
    if (!isThere()) isGranted = false;
  });
  document.addEventListener("focusin", () => {
    if (isThere()) return;
    isTabbed = false;
    isGranted = false;
    note();
  });
  for (const type of ["pointerup", "input", "keyup"]) window.addEventListener(type, note);
  for (const type of ["pointermove", "pointerdown"])
    window.addEventListener(type, () => (typedAt = -Infinity), true);
  window.addEventListener("pointerdown", () => (isTabbed = false), true);
  window.addEventListener(
    "keydown",
    (event) => {
      // A key that comes while the focus is on its way back has no field yet.
      if (isThere()) giveBack();
      note();
      typedAt = performance.now();
      held.take(event);
    },
    true,
  );
  window.addEventListener("keydown", ({ key, defaultPrevented }) => {
    isTabbed = key === "Tab" && !defaultPrevented;
  });

  preview.addEventListener("focused", ({ detail: { byHand } }) => {
    if (!isThere()) {
      // Its word came after the focus had gone back.
      isTabbed = byHand && since(givenBackAt) < ANSWERS_MS;
      if (isTabbed) preview.frame().focus();
    } else if (byHand || isTabbed || isGranted) keep();
    else giveBack();
  });
  preview.addEventListener("typed", ({ detail: { key, at } }) => {
    const isLate = since(givenBackAt) < ANSWERS_MS || since(typedAt) < TYPING_MS;
    if (!isStolen() && (isThere() || !isLate)) return;
    giveBack();
    typedAt = performance.now();
    held.type(key, at);
  });
  preview.addEventListener("gone", held.told);
}
