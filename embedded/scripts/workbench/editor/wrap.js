// Whether long lines wrap, as the page says it (`layout/settings.js`).

import { Compartment } from "@codemirror/state";
import { EditorView } from "@codemirror/view";

export const wrapSlot = new Compartment();

export const wrapping = () =>
  document.documentElement.dataset.wrap === "on" ? EditorView.lineWrapping : [];
