// A second view, only to read: another text beside one's own.

import { EditorState } from "@codemirror/state";
import { EditorView } from "@codemirror/view";
import { languageFor } from "./editor/languages.js";
import { readOnlySetup } from "./editor/setup.js";

export function openReader(host) {
  const root = host.attachShadow({ mode: "open" });
  const view = new EditorView({ parent: root, root });
  let shown = null;

  return {
    view,
    show(label, name, text) {
      const isNew = shown?.text !== text || shown.label !== label;
      if (!isNew) return;
      shown = { label, text };
      const named = EditorView.contentAttributes.of({ "aria-label": label });
      const extensions = [readOnlySetup, named, languageFor(name)];
      view.setState(EditorState.create({ doc: text, extensions }));
    },
  };
}
