// Whether long lines wrap.

import { Compartment } from "@codemirror/state";
import { EditorView } from "@codemirror/view";
import { layout } from "../../layout/settings.js";

export const wrapSlot = new Compartment();

export const wrapping = () => (layout("wrap") === "on" ? EditorView.lineWrapping : []);
