// Whether somebody came to this page by hand, or it took the focus by itself. A click or a key in it says so; of Tab in
// the lesson only the lesson's page knows. Until that page has decided, it is in doubt: what is typed belongs to where the
// focus was taken from, and is sent there.

import { typeIn } from "../workbench/typed-key.js";

// How long browsers hold a page for used after a click or a key in it.
const USED_MS = 5000;

// How long a key may take from the browser to a page that works.
const KEYS_MS = 30;

export function watchComing(channel) {
  let isInDoubt = false;
  // Since the page was left last: whether somebody has pressed a key or a button in it, and whether that was a button.
  let isPressed = false;
  let isPointed = false;
  // When it was left last, and whether it still counted as used then.
  let leftAt = -USED_MS;
  let wasUsed = false;

  const isUsed = () => navigator.userActivation?.isActive ?? isPressed;
  // A key that is in doubt makes the page used as well.
  const isByHand = () =>
    !isInDoubt && isUsed() && (isPressed || !wasUsed || performance.now() - leftAt >= USED_MS);
  const tell = () => channel.tell("focused", { byHand: isByHand() });

  const press = (event) => {
    if (!event.isTrusted) return;
    isPressed = true;
    isInDoubt = false;
  };
  const onPointer = (event) => {
    press(event);
    isPointed ||= event.isTrusted;
  };
  const onKey = (event) => {
    // One that comes after the focus has gone was on its way to whoever took it back. In Firefox a window behind others
    // gets keys without the focus, where somebody has clicked.
    const isAstray = isInDoubt || (!isPointed && !document.hasFocus());
    if (!event.isTrusted || !isAstray) return press(event);
    if (event.ctrlKey || event.metaKey || event.altKey) return undefined;
    event.preventDefault();
    event.stopImmediatePropagation();
    // The page counts as used by it, for nobody came.
    leftAt = performance.now();
    wasUsed = true;
    channel.tell("typed", { key: event.key, at: performance.timeOrigin + event.timeStamp });
    return undefined;
  };
  const onFocus = ({ currentTarget, target }) => {
    if (target !== currentTarget) return;
    isInDoubt = false;
    isInDoubt = !isByHand();
    tell();
  };
  // Who goes to a frame of the page has not left it.
  const onBlur = ({ currentTarget, target }) => {
    if (target !== currentTarget || document.hasFocus()) return;
    // A key may come before the word that the page has the focus again.
    isInDoubt = true;
    isPressed = false;
    isPointed = false;
    leftAt = performance.now();
    wasUsed = isUsed();
  };

  channel.on("whose", tell);
  // A message may overtake a key that the browser has given to this page before it.
  channel.on("gone", () => setTimeout(() => channel.tell("gone"), KEYS_MS));
  channel.on("kept", () => (isInDoubt = false));
  // What was typed here while it was in doubt, or in another client's page that had taken the focus.
  channel.on("type", ({ key }) => typeIn(key));
  return {
    /** The page itself, or a frame in it. */
    watch(window) {
      window.addEventListener("pointerdown", onPointer, true);
      window.addEventListener("keydown", onKey, true);
      window.addEventListener("focus", onFocus);
      window.addEventListener("blur", onBlur);
    },
    /** Whether somebody is in the page. */
    isHere: () => isByHand() || (!isInDoubt && document.hasFocus()),
  };
}
