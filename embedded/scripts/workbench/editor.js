// The editor: CodeMirror in a shadow root, where its styles are constructed sheets (which a strict
// Content-Security-Policy allows). Each file keeps a state of its own, with its undo history, while
// another one is shown.

import { EditorState } from "@codemirror/state";
import { EditorView } from "@codemirror/view";
import { changeTo } from "./editor/change.js";
import { putLines, showPut } from "./editor/put-lines.js";
import { wrapping, wrapSlot } from "./editor/wrap.js";
import { helpSlot, offerHelp } from "./editor/help.js";
import { setup } from "./editor/setup.js";
import { languageFor, languageSlot, nameFor, nameSlot } from "./editor/languages.js";
import { setMarks } from "./editor/marks.js";

export function createEditor(host, { project, htmx, leave }) {
  const states = new Map();
  let marks = [];
  let help = [];
  let shown = null;
  const root = host.attachShadow({ mode: "open" });

  const onUpdate = EditorView.updateListener.of((update) => {
    if (!update.docChanged || update.transactions.some((each) => each.isUserEvent("hxlab"))) return;
    project.write(shown, update.state.doc.toString());
  });

  const newState = (name) => {
    const extensions = [
      setup(leave),
      putLines,
      nameSlot.of(nameFor(name)),
      languageSlot.of(languageFor(name)),
      helpSlot.of(help),
      wrapSlot.of(wrapping()),
    ];
    const state = EditorState.create({
      doc: project.text(name),
      extensions: [extensions, onUpdate],
    });
    return state.update(setMarks(state, marksOf(name))).state;
  };
  const marksOf = (name) => marks.filter((mark) => mark.file === name);
  const view = new EditorView({ parent: root, root, state: EditorState.create() });
  const offsetOf = (line, column = 1) => {
    const { doc } = view.state;
    const at = doc.line(Math.min(Math.max(1, line), doc.lines));
    return Math.min(at.to, at.from + Math.max(0, column - 1));
  };
  const inTheMiddle = (offset) => EditorView.scrollIntoView(offset, { y: "center" });
  host.hidden = true;

  // The transaction that `change` makes of each file's state.
  const changeAll = (change) => {
    for (const [name, state] of states) {
      if (name === shown) view.dispatch(change(view.state, name));
      else states.set(name, state.update(change(state, name)).state);
    }
  };
  offerHelp(host, { project, htmx }, (extension) => {
    help = extension;
    changeAll(() => ({ effects: helpSlot.reconfigure(help) }));
  });

  document.addEventListener("layout", ({ detail }) => {
    if (detail === "wrap") changeAll(() => ({ effects: wrapSlot.reconfigure(wrapping()) }));
    view.requestMeasure();
  });

  // Files that were replaced from outside (Reset, Undo, another version): an edit like any other.
  project.addEventListener("change", ({ detail }) => {
    if (detail.file !== null) return;
    for (const [name, state] of states) {
      const now = name === shown ? view.state : state;
      if (!project.isText(name)) states.delete(name);
      else if (now.doc.toString() !== project.text(name)) states.set(name, replaced(now, name));
      else continue;
      if (name === shown && project.isText(name)) view.setState(states.get(name));
    }
  });
  const replaced = (state, name) => {
    const changes = changeTo(state.doc.toString(), project.text(name));
    return state.update({ changes, userEvent: "hxlab.replace" }).state;
  };

  return {
    show(name) {
      if (name === shown) return;
      if (shown !== null && states.has(shown)) states.set(shown, view.state);
      shown = name;
      host.hidden = name === null;
      if (name === null) return;
      if (!states.has(name)) states.set(name, newState(name));
      view.setState(states.get(name));
    },
    rename(from, to) {
      const state = from === shown ? view.state : states.get(from);
      if (!state) return;
      const effects = [
        nameSlot.reconfigure(nameFor(to)),
        languageSlot.reconfigure(languageFor(to)),
      ];
      states.delete(from);
      states.set(to, state.update({ effects }).state);
      if (from === shown) shown = null;
    },
    mark(all) {
      marks = all;
      changeAll((state, name) => setMarks(state, marksOf(name)));
    },
    goTo(line, column) {
      const anchor = offsetOf(line, column);
      view.dispatch({ selection: { anchor }, effects: inTheMiddle(anchor) });
      view.focus();
    },
    // Shows a line and leaves the keyboard where it is; the caret comes along only where nobody types here.
    reveal(line, column) {
      const anchor = offsetOf(line, column);
      const selection = view.hasFocus ? undefined : { anchor };
      view.dispatch({ selection, effects: inTheMiddle(anchor) });
    },
    // Shows lines that were put in, and marks them until something is typed.
    showPut(line, count) {
      const { doc } = view.state;
      const anchor = offsetOf(line);
      const to = doc.line(Math.min(doc.lines, Math.max(line, line + count - 1))).from;
      view.dispatch({
        selection: view.hasFocus ? undefined : { anchor },
        effects: [inTheMiddle(anchor), showPut.of(count > 0 ? { from: anchor, to } : null)],
      });
    },
    get view() {
      return view;
    },
    get hasFocus() {
      return view.hasFocus;
    },
    // Where one is in the file that is shown.
    get place() {
      const { doc, selection } = view.state;
      const { anchor, head } = selection.main;
      return { anchor, head, line: doc.lineAt(head).number, top: view.scrollDOM.scrollTop };
    },
    // Goes back to such a place, as far as the text still has it.
    returnTo({ anchor, head, top }) {
      const { length } = view.state.doc;
      view.dispatch({
        selection: { anchor: Math.min(anchor, length), head: Math.min(head, length) },
      });
      view.focus();
      view.requestMeasure({ read() {}, write: () => (view.scrollDOM.scrollTop = top) });
    },
    focus: () => view.focus(),
  };
}
