// Scrolling in a client's page ends at its window: the browser's own would go on to the lesson around it.

export function keepScroll() {
  Element.prototype.scrollIntoView = function (how) {
    const block =
      typeof how === "object" ? (how?.block ?? "start") : how === false ? "end" : "start";
    bring(this, block);
  };
}

// Scrolls what contains the element until it shows.
export function bring(element, block = "nearest") {
  for (let box = element.parentElement; box; box = box.parentElement) {
    const isRoot = box === document.scrollingElement;
    if (!isRoot && !/auto|scroll|hidden/.test(getComputedStyle(box).overflowY)) continue;
    const top = isRoot ? 0 : box.getBoundingClientRect().top + box.clientTop;
    box.scrollTop += distance(element.getBoundingClientRect(), top, box.clientHeight, block);
  }
}

// From where an element is to where it should be in a box that begins at `top`.
function distance(element, top, height, block) {
  const toStart = element.top - top;
  const toEnd = element.bottom - top - height;
  if (block === "start") return toStart;
  if (block === "end") return toEnd;
  if (block === "center") return (toStart + toEnd) / 2;
  if (toStart < 0) return toStart;
  return Math.max(0, Math.min(toEnd, toStart));
}
