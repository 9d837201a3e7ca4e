// While a check acts, the focus stays where the learner has it: in the code, on Stop. A client's page keeps a
// focus of its own (`client/focus.js`); what takes the browser's all the same, as a dialog does, gives it
// back at once.

export function holdFocus(box) {
  let holder = document.activeElement;
  const isTaken = () => box.contains(document.activeElement);
  const note = () => {
    if (!isTaken()) holder = document.activeElement;
  };
  const giveBack = () => isTaken() && holder?.focus({ preventScroll: true });
  document.addEventListener("focusin", note);
  // Of a frame that takes the focus a window is told only that it has lost it.
  window.addEventListener("blur", giveBack);

  // Once the frames are closed: what had the focus in one of them leaves none.
  return () => {
    document.removeEventListener("focusin", note);
    window.removeEventListener("blur", giveBack);
    if (document.activeElement === document.body || isTaken())
      holder?.focus({ preventScroll: true });
  };
}
