// Faults at their lines: a diagnostic (underlined, with a mark in the gutter, listed by Ctrl+Shift+M),
// and its words in full below the line, so that no pointer is needed to read them. Advice is a diagnostic as well;
// each of the two is set without the other.

import {
  forEachDiagnostic,
  lintGutter,
  setDiagnostics,
  setDiagnosticsEffect,
} from "@codemirror/lint";
import { StateField } from "@codemirror/state";
import { Decoration, EditorView, WidgetType } from "@codemirror/view";

class Words extends WidgetType {
  constructor(text) {
    super();
    this.text = text;
  }

  eq(other) {
    return other.text === this.text;
  }

  toDOM() {
    const line = document.createElement("div");
    line.className = "cm-fault";
    line.textContent = `× ${this.text}`;
    return line;
  }
}

const wordsBelow = (doc, diagnostics) => {
  const errors = diagnostics.filter(({ severity }) => severity === "error");
  const below = errors.map(({ from, message }) =>
    Decoration.widget({ widget: new Words(message), block: true, side: 1 }).range(
      doc.lineAt(from).to,
    ),
  );
  return Decoration.set(below, true);
};

const words = StateField.define({
  create: () => Decoration.none,
  update(below, transaction) {
    for (const effect of transaction.effects) {
      if (effect.is(setDiagnosticsEffect)) return wordsBelow(transaction.state.doc, effect.value);
    }
    return below.map(transaction.changes);
  },
  provide: (field) => EditorView.decorations.from(field),
});

export const marks = [lintGutter(), words];

const ADVICE = "cm-advice";
const isAdvice = ({ markClass }) => markClass === ADVICE;

// The diagnostics of a state, where they are now.
function diagnosticsIn(state, isWanted) {
  const found = [];
  forEachDiagnostic(state, (each, from, to) => isWanted(each) && found.push({ ...each, from, to }));
  return found;
}

// The transaction that shows this advice ({ from, to, message, fix }) and no other.
export function setAdvice(state, all) {
  const diagnostics = all.map(({ from, to, message, fix }) => ({
    ...{ from, to, message, severity: "warning", markClass: ADVICE },
    actions: fix ? [changeTo(fix)] : [],
  }));
  return setDiagnostics(state, [
    ...diagnosticsIn(state, (each) => !isAdvice(each)),
    ...diagnostics,
  ]);
}

const changeTo = (fix) => ({
  name: `Change to ${fix}`,
  apply(view, from, to) {
    const changes = { from, to, insert: fix };
    const selection = { anchor: from + fix.length };
    view.dispatch({ changes, selection, userEvent: "input.mend" });
  },
});

// The advice at a place, or undefined.
export const adviceAt = (state, at) =>
  diagnosticsIn(state, isAdvice).find(({ from, to }) => from <= at && at <= to);

// The transaction that shows these marks ({ line, column, severity, message }) and no others.
export function setMarks(state, all) {
  const diagnostics = all.map(({ line, column, severity, message }) => {
    const at = state.doc.line(Math.min(Math.max(1, line), state.doc.lines));
    const start = Math.min(at.to, at.from + Math.max(0, (column ?? 1) - 1));
    const from = start === at.to ? at.from : start;
    const word = /^[\w$]+/.exec(state.sliceDoc(from, at.to))?.[0].length ?? at.to - from;
    return { from, to: from + word, severity, message };
  });
  return setDiagnostics(state, [...diagnostics, ...diagnosticsIn(state, isAdvice)]);
}
