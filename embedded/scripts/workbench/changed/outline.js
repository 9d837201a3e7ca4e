// Outlines over the preview: where the elements stand that were swapped. The page says where, and the outlines are drawn
// here, so that nothing is put into the page.

import { make, part } from "../parts.js";
import { readPlaces } from "./message.js";

// In a narrow window one part of the lesson is shown at a time.
const NARROW = "The preview is not in sight: a wider window shows both.";

export function openOutline(preview) {
  const layer = make("div", { class: "outlines", "aria-hidden": "true" });
  let number = 0;
  let where = null;

  preview.addEventListener("places", ({ detail: { said } }) => {
    const places = readPlaces(said);
    if (places && number && places.number === number) draw(places);
  });

  const draw = ({ boxes, size, gone }) => {
    const frame = part("preview-empty").parentElement.querySelector("iframe");
    if (!frame) return hide();
    if (!layer.isConnected) frame.after(layer);
    const [width, height] = size;
    const seen = boxes.filter((box) => isSeen(box, width, height));
    layer.replaceChildren(...seen.map(outlineOf));
    const isInSight = frame.checkVisibility();
    if (where) where.textContent = isInSight ? wordsOf({ boxes, seen, gone, height }) : NARROW;
    return undefined;
  };

  const show = (wanted, place) => {
    if (number === wanted) return;
    hide();
    number = wanted;
    where = place;
    if (!preview.order("show", { number }) && where)
      where.textContent = "The page is not in the preview any more.";
  };

  const hide = () => {
    if (!number) return;
    number = 0;
    if (where) where.textContent = "";
    where = null;
    layer.remove();
    preview.order("show", { number });
  };
  preview.addEventListener("leaving", hide);
  preview.addEventListener("discarded", hide);

  return {
    hide,
    /** Shows these elements while the pointer is over an item, or its button has the focus. */
    follow(item, button, wanted, place) {
      item.addEventListener("pointerenter", () => show(wanted, place));
      item.addEventListener("pointerleave", () => button.matches(":focus") || hide());
      button.addEventListener("focus", () => show(wanted, place));
      button.addEventListener("click", () => show(wanted, place));
      button.addEventListener("blur", () => item.matches(":hover") || hide());
    },
  };
}

const isSeen = ([left, top, width, height], windowWidth, windowHeight) =>
  left < windowWidth && top < windowHeight && left + width > 0 && top + height > 0 && width > 0;

function outlineOf([left, top, width, height]) {
  const box = make("div", {});
  Object.assign(box.style, {
    left: `${left}px`,
    top: `${top}px`,
    width: `${width}px`,
    height: `${height}px`,
  });
  return box;
}

function wordsOf({ boxes, seen, gone, height }) {
  if (boxes.length === 0)
    return gone ? "It is no longer in the page." : "The page has no such element now.";
  if (seen.length > 0) return "";
  if (boxes.every(([, , width]) => width === 0)) return "It is in the page, but not visible.";
  return boxes[0][1] >= height
    ? "It is further down in the page."
    : "It is further up in the page.";
}
