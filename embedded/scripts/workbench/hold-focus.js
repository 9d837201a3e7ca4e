// While a check acts, the focus is in its client's page, as under a person's hand: taken away from there,
// that page would lose it, and with it what is typed next. When the check ends, it goes back to where the
// learner had it: in the code, on Stop.

export function holdFocus(box) {
  let holder = document.activeElement;
  const note = () => {
    if (!box.contains(document.activeElement)) holder = document.activeElement;
  };
  document.addEventListener("focusin", note);

  // With the frames: what had the focus in one of them leaves none.
  return () => {
    document.removeEventListener("focusin", note);
    const isLost = document.activeElement === document.body;
    if (isLost || box.contains(document.activeElement)) holder?.focus({ preventScroll: true });
  };
}
