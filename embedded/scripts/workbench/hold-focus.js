// What is done in a client's page takes the focus into its frame, as a person's hand would. Here it goes
// back at once to where the learner has it: in the code, on Stop.

export function holdFocus(box) {
  let holder = document.activeElement;
  const note = () => {
    if (!box.contains(document.activeElement)) holder = document.activeElement;
  };
  const restore = () => {
    const isLost = document.activeElement === document.body;
    if (isLost || box.contains(document.activeElement)) holder?.focus({ preventScroll: true });
  };

  // Only after the event does the document say which frame has the focus.
  const lost = () => setTimeout(restore);

  document.addEventListener("focusin", note);
  window.addEventListener("blur", lost);
  // With the frames: what had the focus in one of them leaves none.
  return () => {
    document.removeEventListener("focusin", note);
    window.removeEventListener("blur", lost);
    restore();
  };
}
