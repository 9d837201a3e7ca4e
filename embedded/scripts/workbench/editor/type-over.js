// Typing over a selection. Left to itself, the browser keeps the look of what it replaces in a `style`
// attribute, which the page's policy refuses; so the text is put in its place here.

import { EditorView } from "@codemirror/view";

export const typeOver = EditorView.domEventHandlers({
  beforeinput(event, view) {
    const { main } = view.state.selection;
    const { inputType, data: text, cancelable } = event;
    if (inputType !== "insertText" || !text || main.empty || view.composing || !cancelable) {
      return false;
    }
    const insert = () =>
      view.state.update(view.state.replaceSelection(text), {
        userEvent: "input.type",
        scrollIntoView: true,
      });
    const rules = view.state.facet(EditorView.inputHandler);
    const taken = rules.some((rule) => rule(view, main.from, main.to, text, insert));
    if (!taken) view.dispatch(insert());
    event.preventDefault();
    return true;
  },
});
