// Keeps the keyboard with whoever types in the lesson. A client's page can take the focus in many ways, of which a window
// is told only that it has lost it. Where nobody clicked or tabbed into the page, the focus goes back to where it was, in
// the lesson or in the other client, and what was typed meanwhile goes after it. Whether somebody clicked, the page's
// script knows (preview/coming.js); of a page without it we go by where the mouse is.
//
// The focus is one, so all frames have one guard. When it goes from one of them to the other, no window here hears of it:
// the page that has it says so.

import { focused, openHeld, restore, typeThere, writtenIn } from "./typing.js";

// Who has pressed a key so lately, and has not moved the mouse since, is typing: what is sent here is theirs.
const TYPING_MS = 1000;
// A page that works answers sooner.
const ANSWERS_MS = 300;

let guard = null;

/** From now on this preview's page keeps the focus only where somebody gave it. */
export const guardKeyboard = (preview) => (guard ??= openGuard()).add(preview);

function openGuard() {
  const previews = [];
  let holder = null;
  let written = null;
  let typedAt = -Infinity;
  let givenBackAt = -Infinity;
  // Whether the lesson's page itself lets the focus go to a preview, by Tab; and to which.
  let isTabbed = false;
  let tabbedTo = null;
  // The preview that has the focus while it is not known yet whether somebody wanted it; the timer of who is asked.
  let doubted = null;
  let asked = 0;
  // The one that somebody wanted to have it, until the lesson has it again.
  let granted = null;
  // Those that had it since it was given back last: keys may be on their way from each.
  const suspects = new Set();

  const there = () =>
    previews.find((each) => each.frame() !== null && each.frame() === document.activeElement) ??
    null;
  const isBack = () => (granted ? there() === granted : focused() === holder);
  const held = openHeld({
    isBack() {
      giveBack();
      return isBack();
    },
    type: (key) => (granted ? granted.order("type", { key }) : typeThere(key)),
  });

  const since = (at) => performance.now() - at;
  const isPointedAt = (preview) =>
    preview.frame().matches(":hover") || matchMedia("(hover: none)").matches;
  const isTabbedTo = (preview) => isTabbed && (tabbedTo ?? preview) === preview;
  const setTabbed = (isSo) => {
    isTabbed = isSo;
    tabbedTo = null;
  };
  const isWanted = (preview) => granted === preview || isTabbedTo(preview);

  const note = () => {
    if (there()) return;
    holder = focused();
    written = writtenIn(holder);
  };
  const decided = () => {
    clearTimeout(asked);
    doubted = null;
  };
  const keep = (preview) => {
    decided();
    if (isTabbed) tabbedTo = preview;
    granted = preview;
    suspects.delete(preview);
    preview.order("kept");
  };
  const focusHome = () => {
    if (granted) {
      const preview = granted;
      preview.frame()?.focus({ preventScroll: true });
      // Between two frames the lesson has the focus for a moment.
      granted = preview;
      return;
    }
    if (!holder?.isConnected || holder === document.body) return;
    const [field, before] = [holder, written];
    field.focus({ preventScroll: true });
    restore(field, before);
    note();
  };
  const giveBack = () => {
    decided();
    const thief = there();
    if (!thief || thief === granted) return;
    // Its frame is gone, or was put in anew.
    if (granted && !granted.frame()) granted = null;
    givenBackAt = performance.now();
    suspects.add(thief);
    focusHome();
    // What can no longer take it leaves it to the page.
    if (there() === thief) return thief.frame().blur();
    for (const each of suspects) if (each.order("gone")) held.begin(ANSWERS_MS);
    suspects.clear();
  };
  const doubt = () => {
    const preview = doubted;
    if (!preview || there() !== preview) return decided();
    if (isWanted(preview)) return keep(preview);
    // Also of who typed just now: they may have clicked. What they type until it is known is sent here.
    const unanswered = () => (there() === preview && isPointedAt(preview)) || giveBack();
    if (!preview.order("whose")) return unanswered();
    asked = setTimeout(unanswered, ANSWERS_MS);
    return undefined;
  };

  // Chromium ignores a change of the focus that is made while it makes another one.
  window.addEventListener("blur", () => {
    doubted = there();
    if (!doubted) return;
    suspects.add(doubted);
    setTimeout(doubt);
  });
  // Where nothing in the lesson can take the focus, its window alone has it.
  window.addEventListener("focus", () => {
    if (!there()) granted = null;
  });
  document.addEventListener("focusin", () => {
    if (there()) return;
    setTabbed(false);
    granted = null;
    note();
  });
  for (const type of ["pointerup", "input", "keyup"]) window.addEventListener(type, note);
  for (const type of ["pointermove", "pointerdown"])
    window.addEventListener(type, () => (typedAt = -Infinity), true);
  window.addEventListener("pointerdown", () => setTabbed(false), true);
  window.addEventListener(
    "keydown",
    (event) => {
      // A key that comes while the focus is on its way back has no field yet.
      if (there()) giveBack();
      note();
      typedAt = performance.now();
      held.take(event);
    },
    true,
  );
  window.addEventListener("keydown", ({ key, defaultPrevented }) =>
    setTabbed(key === "Tab" && !defaultPrevented),
  );

  const onFocused = (preview, byHand) => {
    if (there() !== preview) {
      // Its word came after the focus had gone back.
      if (!byHand || since(givenBackAt) >= ANSWERS_MS)
        return there() ? undefined : setTabbed(false);
      keep(preview);
      return focusHome();
    }
    if (byHand || isWanted(preview)) return keep(preview);
    suspects.add(preview);
    return giveBack();
  };
  const onTyped = (preview, { key, at }) => {
    const isThere = there() === preview;
    // It was told too late that it may keep the focus.
    if (isThere && granted === preview) return preview.order("type", { key });
    const isLate = since(givenBackAt) < ANSWERS_MS || since(typedAt) < TYPING_MS;
    if (!isThere && !isLate) return undefined;
    giveBack();
    typedAt = performance.now();
    return held.type(key, at);
  };

  return {
    add(preview) {
      previews.push(preview);
      preview.addEventListener("focused", ({ detail }) => onFocused(preview, detail.byHand));
      preview.addEventListener("typed", ({ detail }) => onTyped(preview, detail));
      preview.addEventListener("gone", held.told);
      preview.addEventListener("discarded", () => {
        suspects.delete(preview);
        if (granted === preview) granted = null;
      });
    },
  };
}
