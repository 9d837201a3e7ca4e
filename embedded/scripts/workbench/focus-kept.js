// What is drawn anew under somebody's focus keeps it: on what is like it and stands there now.

const CAN = "button, summary, [tabindex]";
const nameOf = (element) => element.ariaLabel ?? element.textContent;

/** Draws what is in a box; gives whether it had the focus. */
export function keepFocus(box, draw) {
  const focused = document.activeElement;
  const isHere = box !== focused && box.contains(focused);
  const alike = () =>
    [...box.querySelectorAll(CAN)].filter((each) => nameOf(each) === nameOf(focused));
  const at = isHere ? alike().indexOf(focused) : -1;
  draw();
  if (isHere && !focused.isConnected) (alike()[at] ?? box.querySelector(CAN))?.focus();
  return isHere;
}
