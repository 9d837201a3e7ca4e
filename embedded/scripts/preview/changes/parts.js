// The parts of an answer that say their own place: out of band, picked by `hx-select-oob`, or an `<hx-partial>`.

import { byPart } from "./why.js";

const LONG = 200_000;
const PARTS = "[hx-swap-oob], [data-hx-swap-oob], hx-partial, template[hx][type=partial]";

/** { selector, style, found, part } of each part, in the order in which htmx 2 swaps them. */
export function partsOf(text, { selectOob = "", isMessage = false } = {}) {
  if (typeof text !== "string" || text.length > LONG) return [];
  const { content } = Object.assign(document.createElement("template"), { innerHTML: text });
  const picked = selectOob.split(",").flatMap((each) => pickedPart(each.trim()));
  const elements = isMessage ? [...content.children] : allWithin(content);
  return [...picked, ...elements.map((each) => partOf(each, isMessage)).filter(Boolean)];
}

// Those within a template too, which may bring rows of a table.
const allWithin = (content) => [
  ...content.querySelectorAll(PARTS),
  ...[...content.querySelectorAll("template:not([hx])")].flatMap((it) => allWithin(it.content)),
];

function pickedPart(said) {
  if (!said) return [];
  const [id, style = "true"] = said.split(":", 2);
  const selector = id.startsWith("#") ? id : `#${id}`;
  const how = { ...byPart("hx-select-oob", said), style: plain(style) };
  return [{ selector, how, found: byPart("hx-select-oob", said), part: "oob" }];
}

function partOf(element, isMessage) {
  const isPartial = element.localName === "hx-partial" || element.hasAttribute("hx");
  const id = element.id ? `#${CSS.escape(element.id)}` : "";
  if (isPartial) {
    if (isMessage) return null;
    const target = element.getAttribute("hx-target");
    const swap = element.getAttribute("hx-swap");
    const style = swap?.trim().split(/\s+/)[0] || window.htmx?.config?.defaultSwapStyle;
    return {
      selector: target || id,
      how: { ...byPart(swap ? "hx-swap" : "default", swap ?? ""), style: style ?? "innerHTML" },
      found: target ? byPart("hx-target", target) : byPart("id", element.id),
      part: "partial",
    };
  }
  const said = element.getAttribute("hx-swap-oob") ?? element.getAttribute("data-hx-swap-oob");
  const [, style = said ?? "true", named] = /^([^\s:]+):(.+)$/s.exec(said ?? "") ?? [];
  return {
    selector: named ?? /\btarget:(\S+)/.exec(style)?.[1] ?? id,
    how: { ...byPart(said === null ? "id" : "hx-swap-oob", said ?? ""), style: plain(style) },
    found: named ? byPart("hx-swap-oob", said) : byPart("id", element.id),
    part: "oob",
  };
}

const plain = (style) => (style === "true" || style === "" ? "outerHTML" : style);

/** Tells of a part of an answer or message that nothing on the page fits. */
export function lose(records, whole, selector) {
  whole.hasLost = true;
  records.tell({ tie: whole.tie, why: whole.why, none: "place", part: selector });
}

/** Whether nothing on the page fits a part. */
export function isLost({ selector }) {
  try {
    return selector !== "" && !document.querySelector(selector);
  } catch {
    return false;
  }
}

/** The first of these parts that goes to this element; it may go to others too. */
export function partFor(parts, target) {
  return parts.find(({ selector }) => {
    try {
      return selector !== "" && target.matches(selector);
    } catch {
      // Of htmx's own words, such as `next li`, the element says nothing.
      return true;
    }
  });
}
