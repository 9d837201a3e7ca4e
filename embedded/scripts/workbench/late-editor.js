// The editor, before it is there as well: what it is told until then is told to it when it comes.

import { notice } from "./notice.js";

const ACTS = ["show", "rename", "mark", "goTo", "reveal", "returnTo", "focus"];
const START = { anchor: 0, head: 0, line: 1, top: 0 };

// `coming` resolves to the editor.
export function lateEditor(coming) {
  let editor = null;
  // The last of each, in their order: a file that was shown before the one shown now may be gone.
  const waiting = new Map();

  const late = {
    // Resolves when it is there.
    coming,
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

  coming.then(
    (made) => {
      editor = made;
      for (const [act, given] of waiting) editor[act](...given);
    },
    (error) => {
      console.error(error);
      notice("The editor could not be loaded.", "Reload the page", () => location.reload());
    },
  );
  return late;
}
