// What the editor can do, and its keys.

import { closeBrackets, closeBracketsKeymap } from "@codemirror/autocomplete";
import { defaultKeymap, history, historyKeymap } from "@codemirror/commands";
import { bracketMatching, indentOnInput, indentUnit } from "@codemirror/language";
import { lintKeymap } from "@codemirror/lint";
import { EditorState, Prec } from "@codemirror/state";
import {
  drawSelection,
  EditorView,
  highlightActiveLine,
  highlightActiveLineGutter,
  highlightSpecialChars,
  keymap,
  lineNumbers,
} from "@codemirror/view";
import { marks } from "./marks.js";
import { tabIndents } from "./tab-indents.js";
import { theme } from "./theme.js";
import { typeOver } from "./type-over.js";

// Finding and replacing is loaded when it is first asked for.
function find(view) {
  import("./find.js").then(({ openFind }) => openFind(view));
  return true;
}

// Escape first closes what is open in the editor; then it leaves it.
const leaving = (leave) =>
  Prec.lowest(
    keymap.of([
      {
        key: "Escape",
        run() {
          leave();
          return true;
        },
      },
    ]),
  );

// Shift+Enter runs (shortcuts.js hears it), so the editor must not take it for a new line.
const ownKeys = defaultKeymap
  .filter(({ key }) => key !== "Escape")
  .map((binding) => (binding.key === "Enter" ? { ...binding, shift: undefined } : binding));

export const setup = (leave) => [
  lineNumbers(),
  highlightSpecialChars(),
  history(),
  drawSelection(),
  EditorState.allowMultipleSelections.of(true),
  indentUnit.of("  "),
  indentOnInput(),
  bracketMatching(),
  closeBrackets(),
  typeOver,
  highlightActiveLine(),
  highlightActiveLineGutter(),
  marks,
  theme,
  keymap.of([
    ...closeBracketsKeymap,
    ...historyKeymap,
    { key: "Mod-f", run: find },
    ...lintKeymap,
    ...ownKeys,
  ]),
  tabIndents,
  leaving(leave),
];

export const readOnlySetup = [
  lineNumbers(),
  EditorState.readOnly.of(true),
  EditorView.editable.of(false),
  EditorView.contentAttributes.of({ tabindex: "0" }),
  theme,
];
