// What changed and why, as elements: a place that was swapped is an item, with its difference and a button that shows it.

import { placeButton } from "../frames.js";
import { coded, make } from "../parts.js";
import { difference } from "./difference.js";
import { findAsked } from "./find-asked.js";
import { linesOf } from "./lines.js";
import { nothingWords } from "./nothing.js";
import { foundWords, noneWords, styleWords, swapWords, unseenWords, whyWords } from "./words.js";

export function changedView(entry, records, { places, outline, isUnsure, whom }) {
  const changed = title(`What it changed${whom ? ` for ${whom}` : ""}`);
  if (records.length === 0) {
    const words = nothingWords(entry, isUnsure);
    return words ? [changed, paragraph(words)] : [];
  }
  const swaps = records.filter(({ swap }) => swap);
  // What has no place is told beside what has one.
  const nones = records.filter(({ none, part }) => none && (part || swaps.length === 0));
  const said = nones.map((record) => paragraph(noneWords(record, entry)));
  const items = swaps.map((record) => swapItem(record, outline));
  return [
    changed,
    ...said,
    items.length ? make("ol", { class: "swaps" }, ...items) : null,
    title("Why"),
    ...whys(records).map((why) => whyLine(why, places)),
  ].filter(Boolean);
}

const title = (words) => make("h3", {}, words);

const paragraph = (words, kind = "") => make("p", { class: kind || null }, ...coded(words));

// Those that asked, each once.
function whys(records) {
  const known = new Map(records.map(({ why }) => [JSON.stringify(why), why]));
  return [...known.values()];
}

function whyLine(why, places) {
  const line = paragraph(whyWords(why));
  if (why.by !== "attribute") return line;
  const found = findAsked(places.project, why);
  found.forEach((place, at) => {
    line.append(at === 0 ? " " : " or ", placeButton(place, places));
  });
  return line;
}

function swapItem({ swap, preview }, outline) {
  const show = make("button", { type: "button", class: "quiet" }, "Show in the preview");
  const where = make("span", { class: "where", role: "status" });
  const lines = difference(linesOf(swap.before), linesOf(swap.after));
  const unseen = unseenWords(swap, !lines.some(([mark]) => mark in KINDS));
  const item = make(
    "li",
    {},
    paragraph(swapWords(swap), "swap"),
    paragraph(`${foundWords(swap.found)} ${styleWords(swap.how)}`.trim(), "source"),
    unseen ? paragraph(unseen) : null,
    unseen || swap.how.style === "none" ? null : differenceOf(swap, lines),
  );
  if (swap.show && swap.how.style !== "none") {
    item.append(make("p", { class: "show" }, show, where));
    outline.follow(item, show, { preview, number: swap.show }, where);
  }
  return item;
}

function differenceOf(swap, lines) {
  const around = aroundInsert(swap);
  const rows = [...around.before, ...lines, ...around.after].map(rowOf);
  if (swap.isPart) rows.unshift(rowOf(["…", "what is before it stayed"]));
  if (swap.isCut) rows.push(rowOf(["…", "the rest is longer than what is kept"]));
  const label = "Difference: lines with + are new, lines with − are gone";
  return make(
    "pre",
    { class: "difference", tabindex: 0, role: "group", "aria-label": label },
    ...rows,
  );
}

function aroundInsert({ how, target, beside }) {
  const others = beside
    ? [["…", `${beside} ${beside === 1 ? "element" : "elements"} as before`]]
    : [];
  const around = {
    beforebegin: { before: [], after: [[" ", target]] },
    afterend: { before: [[" ", target]], after: [] },
    afterbegin: { before: [[" ", target]], after: others },
    beforeend: { before: [[" ", target], ...others], after: [] },
  };
  return around[how.style] ?? { before: [], after: [] };
}

const KINDS = { "+": "ins", "−": "del" };

function rowOf([mark, text]) {
  const kind = KINDS[mark] ?? "span";
  return make(kind, { class: mark === "…" ? "left-out" : null }, `${mark} ${text}\n`);
}
