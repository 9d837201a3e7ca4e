// Underlines what cannot be right, a moment after the typing: never the word that is being typed. Ctrl/Cmd+. writes
// what is proposed.

import { ensureSyntaxTree } from "@codemirror/language";
import { Prec } from "@codemirror/state";
import { keymap, ViewPlugin } from "@codemirror/view";
import { adviceAt, setAdvice } from "../marks.js";

const PAUSE_MS = 500;
/** How long a file may be read at a time; a longer one is gone on with later. */
const READING_MS = 20;

/** `adviceOf(state, tree)` gives { from, to, message, fix } for a file; `facts` are told of by `onFacts(listener)`. */
export function underlines(adviceOf, onFacts) {
  const plugin = class {
    constructor(view) {
      this.view = view;
      this.timer = null;
      /** Where something was typed last, while the caret has not left the word. */
      this.typing = null;
      this.shown = null;
      this.forget = onFacts(() => this.later());
      this.later();
    }

    update({ docChanged, selectionSet, changes, state, transactions }) {
      if (docChanged) {
        const isTyped = transactions.some((each) => each.isUserEvent("input"));
        this.typing = isTyped ? state.selection.main.head : this.mapped(changes);
        this.shown = null;
        this.later();
      } else if (
        selectionSet &&
        this.typing !== null &&
        this.typing !== state.selection.main.head
      ) {
        this.typing = isOneWord(state, this.typing, state.selection.main.head) ? this.typing : null;
        this.later();
      }
    }

    mapped(changes) {
      return this.typing === null ? null : changes.mapPos(this.typing);
    }

    later() {
      clearTimeout(this.timer);
      this.timer = setTimeout(() => this.draw(), PAUSE_MS);
    }

    draw() {
      const { state } = this.view;
      const tree = ensureSyntaxTree(state, state.doc.length, READING_MS);
      if (!tree) return this.later();
      const found = adviceOf(state, tree).filter(
        ({ from, to }) => this.typing === null || this.typing < from || this.typing > to,
      );
      const now = JSON.stringify(found);
      if (now === this.shown) return undefined;
      this.view.dispatch(setAdvice(state, found));
      this.shown = now;
      return undefined;
    }

    destroy() {
      clearTimeout(this.timer);
      this.forget();
    }
  };
  return [
    ViewPlugin.fromClass(plugin),
    Prec.high(keymap.of([{ key: "Mod-.", run: mend, preventDefault: true }])),
  ];
}

/** Whether no white space lies between two places. */
function isOneWord(state, one, other) {
  const [from, to] = [Math.min(one, other), Math.max(one, other)];
  return to <= state.doc.length && !/[\s>]/.test(state.sliceDoc(from, to));
}

function mend(view) {
  const { head } = view.state.selection.main;
  const advice = adviceAt(view.state, head);
  const action = advice?.actions[0];
  if (!action) return false;
  action.apply(view, advice.from, advice.to);
  return true;
}
