// The list of what may be typed here. Enter takes what is chosen in it: by the arrows, or because something was
// typed towards it; a list that came by itself has nothing chosen.

import {
  autocompletion,
  completionStatus,
  pickedCompletion,
  selectedCompletionIndex,
  setSelectedCompletion,
  startCompletion,
} from "own-copy:@codemirror/autocomplete";
import { Annotation } from "@codemirror/state";
import { EditorView } from "@codemirror/view";

const choosing = Annotation.define();

/** `optionsAt(state, at, explicit)` gives { from, options, quote }, or null. */
export function completions(optionsAt) {
  // Where the word begins for which the list was last made.
  let begin = 0;

  const source = ({ state, pos, explicit }) => {
    const found = optionsAt(state, pos, explicit);
    if (!found) return null;
    // Who has typed one to its end wants no other, and Enter is a new line.
    const typed = state.sliceDoc(found.from, pos);
    if (!explicit && found.options.some((option) => textOf(option) === typed)) return null;
    begin = found.from;
    // In their order, where nothing typed says otherwise.
    const options = found.options.map((option, place) => ({
      ...asCompletion(option, found.quote),
      sortText: String(place).padStart(4, "0"),
    }));
    return { from: found.from, options };
  };

  const chooseTyped = ({ state, view, transactions }) => {
    const isOpen = completionStatus(state) === "active";
    const isChosen = (selectedCompletionIndex(state) ?? -1) >= 0;
    const isOurs = transactions.some((each) => each.annotation(choosing));
    if (!isOpen || isChosen || isOurs || state.selection.main.head <= begin) return;
    view.dispatch({ effects: setSelectedCompletion(0), annotations: choosing.of(true) });
  };

  return [
    autocompletion({
      override: [source],
      selectOnOpen: false,
      filterStrict: true,
      icons: false,
      addToOptions: [{ render: sentenceOf, position: 90 }],
    }),
    EditorView.updateListener.of(chooseTyped),
  ];
}

const textOf = ({ label, insert = label }) => insert.replace("|", "");

/** Seen, and read aloud, at the option that is chosen. */
function sentenceOf({ words }) {
  const line = document.createElement("span");
  line.className = "cm-sentence";
  line.textContent = words ?? "";
  return line;
}

function asCompletion({ label, words, insert }, quote) {
  if (!insert) return { label, words };
  const apply = (view, completion, from, to) => {
    const [before, after = ""] = textFor(view.state, insert, to, quote).split("|");
    view.dispatch({
      changes: { from, to, insert: before + after },
      selection: { anchor: from + before.length },
      annotations: pickedCompletion.of(completion),
      userEvent: "input.complete",
      scrollIntoView: true,
    });
    // What it takes is offered at once.
    if (/(?:[:=]["']?|\s)$/.test(before)) startCompletion(view);
  };
  return { label, words, apply };
}

/** The value stays where there is one already; in a string of JavaScript the other quotes are taken. */
function textFor(state, insert, to, quote) {
  if (insert.includes("=") && state.sliceDoc(to, to + 1) === "=")
    return insert.replace(/=.*$/, "|");
  return quote === '"' ? insert.replaceAll('"', "'") : insert;
}
