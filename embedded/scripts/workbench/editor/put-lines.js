// Lines that were put into the code for the learner: marked until something is typed.

import { StateEffect, StateField } from "@codemirror/state";
import { Decoration, EditorView } from "@codemirror/view";

/** Marks the lines from one offset to another ({ from, to }), or none. */
export const showPut = StateEffect.define();

const mark = Decoration.line({ class: "cm-put" });

export const putLines = StateField.define({
  create: () => Decoration.none,
  update(lines, transaction) {
    for (const effect of transaction.effects)
      if (effect.is(showPut)) return linesOf(transaction.state.doc, effect.value);
    return transaction.docChanged ? Decoration.none : lines;
  },
  provide: (field) => EditorView.decorations.from(field),
});

function linesOf(doc, range) {
  if (!range) return Decoration.none;
  const marks = [];
  const { number } = doc.lineAt(Math.min(range.to, doc.length));
  for (let line = doc.lineAt(range.from).number; line <= number; line += 1)
    marks.push(mark.range(doc.line(line).from));
  return Decoration.set(marks);
}
