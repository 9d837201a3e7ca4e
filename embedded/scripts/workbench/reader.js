// A second view, only to read, that marks the lines which differ from one's own.

import { EditorState } from "@codemirror/state";
import { EditorView } from "@codemirror/view";
import { differences } from "./editor/differences.js";
import { languageFor } from "./editor/languages.js";
import { readOnlySetup } from "./editor/setup.js";
import { wrapping, wrapSlot } from "./editor/wrap.js";

export function openReader(host) {
  const root = host.attachShadow({ mode: "open" });
  const view = new EditorView({ parent: root, root });
  let shown = [];
  document.addEventListener("layout", ({ detail }) => {
    if (detail === "wrap") view.dispatch({ effects: wrapSlot.reconfigure(wrapping()) });
    view.requestMeasure();
  });

  return {
    show(name, text, own) {
      if (shown[0] === name && shown[1] === own) return;
      const scroll = shown[0] === name ? view.scrollSnapshot() : [];
      shown = [name, own];
      const doc = text ?? "The solution has no such file.";
      const label = EditorView.contentAttributes.of({
        "aria-label": `Solution of ${name}, to read`,
      });
      const extensions = [readOnlySetup, label, languageFor(name ?? ""), wrapSlot.of(wrapping())];
      const state = EditorState.create({
        doc,
        extensions: [extensions, text === null ? [] : differences(own, doc)],
      });
      view.setState(state);
      view.dispatch({ effects: scroll });
    },
  };
}
