// Says what stands under the pointer, or by Ctrl/Cmd+I at the caret. Escape closes it.

import { Prec } from "@codemirror/state";
import {
  activateHover,
  closeHoverTooltips,
  hasHoverTooltips,
  hoverTooltip,
  keymap,
} from "@codemirror/view";
import { announce } from "../../parts.js";

const ID = "editor-explains";

/** `explainAt(state, at)` gives { from, to, title, words }, or null; `faultAt` what is wrong there, as a sentence. */
export const tooltips = (explainAt, faultAt) => [
  hoverTooltip(
    ({ state }, at) => {
      const found = explainAt(state, at);
      return found && { pos: found.from, end: found.to, above: true, create: () => drawn(found) };
    },
    { hideOnChange: true },
  ),
  Prec.high(
    keymap.of([
      { key: "Mod-i", run: (view) => explainHere(view, explainAt, faultAt), preventDefault: true },
      { key: "Escape", run: close },
    ]),
  ),
];

function drawn({ title, words }) {
  const dom = document.createElement("div");
  dom.className = "cm-explains";
  dom.id = ID;
  dom.role = "tooltip";
  const name = document.createElement("code");
  name.textContent = title;
  dom.append(name, ` ${words}`);
  return { dom };
}

function explainHere(view, explainAt, faultAt) {
  const { head } = view.state.selection.main;
  const found = explainAt(view.state, head);
  const fault = faultAt(view.state, head);
  const sentences = [fault, found && `${found.title}: ${found.words}`].filter(Boolean);
  announce(sentences.join(" ") || "There is nothing to explain here.");
  const until = ({ docChanged, selection }) => docChanged || selection !== undefined;
  if (sentences.length > 0) activateHover(view, head, 1, { until });
  return true;
}

function close(view) {
  if (!hasHoverTooltips(view.state)) return false;
  view.dispatch({ effects: closeHoverTooltips });
  return true;
}
