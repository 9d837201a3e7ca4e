// Marks the lines of a text that differ from another one.

import { Chunk } from "@codemirror/merge";
import { Text } from "@codemirror/state";
import { Decoration, EditorView } from "@codemirror/view";

const differs = Decoration.line({ class: "cm-differs" });

export function differences(own, other) {
  const doc = Text.of(other.split("\n"));
  const marked = [];
  for (const { fromB, endB } of Chunk.build(Text.of(own.split("\n")), doc)) {
    if (endB <= fromB) continue;
    const last = doc.lineAt(Math.min(endB, doc.length)).number;
    for (let line = doc.lineAt(fromB).number; line <= last; line += 1) {
      marked.push(differs.range(doc.line(line).from));
    }
  }
  return EditorView.decorations.of(Decoration.set(marked));
}
