// Puts what one's code is compared with in the place of one's own: a piece as an edit, which the editor undoes, or a
// whole file, with an offer to undo it.

import { takingOver, textOf } from "../editor/pieces.js";
import { offerUndo } from "../notice.js";

export function takePiece(editor, text, piece) {
  const changes = takingOver(editor.view.state.doc, textOf(text), piece);
  editor.view.dispatch({ changes, userEvent: "input.take" });
}

export function takeFile({ sides, project, files }, name) {
  const kind = sides.kindOf(name);
  const before = sides.mine(name);
  const put = (contents) => {
    const all = project.files;
    delete all[name];
    project.replaceAll(contents === undefined ? all : { ...all, [name]: contents });
    if (contents !== undefined) files.show(name);
  };
  put(sides.theirs(name));
  const words = { new: "is added", gone: "is removed" }[kind] ?? "now has this text";
  offerUndo(`${name} ${words}.`, () => put(before));
}
