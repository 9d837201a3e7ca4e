// The editor, before it is there as well: what it is told until then is told to it when it comes.

import { dismiss, notice } from "./notice.js";

const ACTS = ["show", "rename", "mark", "goTo", "reveal", "showPut", "returnTo", "focus"];
const START = { anchor: 0, head: 0, line: 1, top: 0 };

const MISSING = "The editor could not be loaded: check the connection.";

// `load` gives a promise of the editor, each time a new one.
export function lateEditor(load) {
  let editor = null;
  let asked = null;
  // The last of each, in their order: a file that was shown before the one shown now may be gone.
  const waiting = new Map();

  const late = {
    // Resolves when it is there; where it did not come, it is asked for anew.
    get coming() {
      return ask();
    },
    get view() {
      return editor.view;
    },
    get hasFocus() {
      return editor?.hasFocus ?? false;
    },
    get place() {
      return editor?.place ?? START;
    },
  };
  for (const act of ACTS) {
    late[act] = (...given) => {
      if (editor) return editor[act](...given);
      waiting.delete(act);
      return waiting.set(act, given);
    };
  }

  const arrive = (made) => {
    editor = made;
    dismiss(MISSING);
    for (const [act, given] of waiting) editor[act](...given);
    return made;
  };
  const ask = () =>
    (asked ??= load().then(arrive, (error) => {
      asked = null;
      throw error;
    }));
  const open = async () => {
    try {
      await ask();
    } catch (error) {
      console.error(error);
      notice(MISSING, "Try again", open);
    }
  };
  open();
  return late;
}
