// A second view, only to read: another text beside one's own.

import { EditorState } from "@codemirror/state";
import { EditorView } from "@codemirror/view";
import { languageFor } from "./editor/languages.js";
import { readOnlySetup } from "./editor/setup.js";
import { wrapping, wrapSlot } from "./editor/wrap.js";

export function openReader(host) {
  const root = host.attachShadow({ mode: "open" });
  const view = new EditorView({ parent: root, root });
  let shown = null;
  document.addEventListener("layout", ({ detail }) => {
    if (detail === "wrap") view.dispatch({ effects: wrapSlot.reconfigure(wrapping()) });
    view.requestMeasure();
  });

  return {
    view,
    show(label, name, text) {
      const isNew = shown?.text !== text || shown.label !== label;
      if (!isNew) return;
      shown = { label, text };
      const named = EditorView.contentAttributes.of({ "aria-label": label });
      const extensions = [readOnlySetup, named, languageFor(name), wrapSlot.of(wrapping())];
      view.setState(EditorState.create({ doc: text, extensions }));
    },
  };
}
