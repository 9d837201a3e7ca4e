// What of the wire is shown: by protocol, client, errors, htmx, path and text. What the lesson calls noise is left out until
// somebody asks for it.

import { bench, part } from "./parts.js";
import { hide, rowsOf, settle } from "./wire-blocks.js";
import { describe } from "./wire-row.js";

const SAYS_HTMX = /"HX-Request"/;

export function filterWire(list, isNoise) {
  const kinds = [...bench.querySelectorAll("[data-wire-kind]")];
  const onlies = [...bench.querySelectorAll("[data-wire-only]")];
  const noise = part("wire-noise");
  const client = part("wire-client");
  let shown = null;
  let only = null;
  let terms = [];
  let quiet = 0;

  const read = () => {
    const pressed = (chips, key) =>
      new Set(chips.filter(isPressed).map((chip) => chip.dataset[key]));
    shown = pressed(kinds, "wireKind");
    only = pressed(onlies, "wireOnly");
    terms = part("wire-text").value.toLowerCase().split(/\s+/).filter(Boolean);
  };

  const fits = (group) => {
    const { last, opened, counts } = group;
    return (
      (last.kind === "fault" ||
        shown.has(last.kind) ||
        (opened !== null && shown.has(opened.kind))) &&
      (client.value === "" || counts.has(client.value)) &&
      (!only.has("errors") || describe(last).failed) &&
      (!only.has("htmx") || isOfHtmx(last)) &&
      (terms.length === 0 || group.entries.some((entry) => hasTerms(entry, terms)))
    );
  };

  // Each row is counted as noise once, in the state that it had when it was looked at last.
  const apply = (group) => {
    const wasNoise = group.isNoise;
    group.isNoise = isNoise(group.last);
    if (group.isNoise !== (wasNoise ?? false)) quiet += group.isNoise ? 1 : -1;
    hide(group.row, (group.isNoise && !isPressed(noise)) || !fits(group));
  };
  const tell = () => {
    noise.querySelector("span").textContent = quiet ? ` ${quiet}` : "";
    list.toggleAttribute("data-none", !list.querySelector(":scope > :not([hidden])"));
  };
  const applyAll = () => {
    read();
    for (const row of rowsOf(list)) apply(row.group);
    settle();
    tell();
  };

  for (const chip of [...kinds, ...onlies, noise]) {
    chip.addEventListener("click", () => {
      press(chip, !isPressed(chip));
      applyAll();
    });
  }
  client.addEventListener("change", applyAll);
  part("wire-text").addEventListener("input", applyAll);
  read();
  return {
    apply,
    tell,
    // These rows are not there any more.
    forget(groups) {
      quiet -= groups.filter((group) => group.isNoise).length;
    },
    // Shows all again.
    reset() {
      part("wire-text").value = "";
      client.value = "";
      for (const chip of [...kinds, noise]) press(chip, true);
      for (const chip of onlies) press(chip, false);
      applyAll();
    },
  };
}

const isPressed = (chip) => chip.getAttribute("aria-pressed") === "true";
const press = (chip, isOn) => chip.setAttribute("aria-pressed", `${isOn}`);

const isOfHtmx = ({ htmx, direction, text }) =>
  htmx?.length > 0 || (direction === "in" && SAYS_HTMX.test(text ?? ""));

// A term that begins with “/” is the beginning of a path.
function hasTerms(entry, terms) {
  const path = entry.path?.toLowerCase() ?? "";
  entry.words ??= wordsOf(entry);
  return terms.every((term) =>
    term.startsWith("/") ? path.startsWith(term) : entry.words.includes(term),
  );
}

function wordsOf(entry) {
  const { verb, text, result } = describe(entry);
  return `${verb} ${text} ${result} ${entry.path ?? ""} ${entry.published?.topic ?? ""}`.toLowerCase();
}
