// Outlines over a client's page: where the elements stand that were swapped. The page says where, and the outlines are
// drawn here, so that nothing is put into the page.

import { bench, make } from "../parts.js";
import { currentView, showView } from "../views.js";
import { readPlaces } from "./message.js";

// `pages` are those of the clients; what is shown is { preview, number }.
export function openOutline(pages) {
  const layer = make("div", { class: "outlines", "aria-hidden": "true" });
  let shown = null;
  let where = null;
  // In a narrow window the preview is gone to, and the outlines stay until it is left.
  let isVisited = false;

  pages.addEventListener("places", ({ detail: { said, preview } }) => {
    const places = readPlaces(said);
    if (places && shown?.preview === preview && places.number === shown.number) draw(places);
  });

  const draw = ({ boxes, size, gone }) => {
    const frame = shown.preview.frame();
    if (!frame) return hide();
    if (layer.previousSibling !== frame) frame.after(layer);
    const [width, height] = size;
    const seen = boxes.filter((box) => isSeen(box, width, height));
    layer.replaceChildren(...seen.map(outlineOf));
    if (where && frame.checkVisibility())
      where.textContent = wordsOf({ boxes, seen, gone, height });
    return undefined;
  };

  const show = (wanted, place) => {
    if (shown?.number === wanted.number) return;
    hide();
    shown = wanted;
    where = place;
    if (!wanted.preview.order("show", { number: wanted.number }) && where)
      where.textContent = "The page is not here any more.";
  };

  const hide = () => {
    if (!shown || isVisited) return;
    const { preview } = shown;
    shown = null;
    if (where) where.textContent = "";
    where = null;
    layer.remove();
    preview.order("show", { number: 0 });
  };
  const end = () => {
    isVisited = false;
    hide();
  };
  for (const type of ["leaving", "discarded"])
    pages.addEventListener(type, ({ detail: { preview } }) => shown?.preview === preview && end());
  document.addEventListener("workbench:shown", () => currentView() !== "preview" && end());

  // Takes the reader to these elements.
  const visit = (wanted, place) => {
    show(wanted, place);
    const { preview, number } = wanted;
    preview.order("show", { number, isSought: true });
    preview.dispatchEvent(new Event("sought"));
    if (preview.frame()?.checkVisibility()) return;
    isVisited = true;
    showView("preview");
    bench.querySelector('[data-view-name="preview"]').focus();
  };

  return {
    hide,
    /** Shows these elements while the pointer is over an item, or its button has the focus; a press goes to them. */
    follow(item, button, wanted, place) {
      item.addEventListener("pointerenter", () => show(wanted, place));
      item.addEventListener("pointerleave", () => button.matches(":focus") || hide());
      button.addEventListener("focus", () => show(wanted, place));
      button.addEventListener("click", () => visit(wanted, place));
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
