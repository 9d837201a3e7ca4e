// Keeps the focus in what was swapped: where the control that had it is gone, such as the last button of a
// question that is closed, the new piece itself takes it, so that Tab goes on from there.

export function keepFocus(document) {
  document.addEventListener("htmx:afterSettle", ({ detail }) => {
    const piece = detail.elt.closest("[tabindex='-1']:is(.question, .tick)");
    if (piece && document.activeElement === document.body) piece.focus({ preventScroll: true });
  });
}
