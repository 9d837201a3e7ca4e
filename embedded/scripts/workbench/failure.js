// A Run that did not start: the editor goes to the line, where the message stands, and a bar above the code leads back.
//
// Whoever types keeps the keyboard: while the editor has the focus, no other file is put under it and the caret
// stays; the line is brought into sight where it is in the same file and nothing was typed since, else the bar
// leads to it.

import { fileOf } from "./frames.js";
import { dismiss, notice } from "./notice.js";
import { currentView, showView } from "./views.js";

export function showFailure({ run, project, files, editor }) {
  let isTyped = false;
  let offered = null;

  const hide = () => offered && dismiss(offered);
  const offer = (words, label, then) => {
    hide();
    offered = words;
    notice(words, label, then);
  };

  const offerBack = (goal) => {
    const [file, view, place] = [files.chosen, currentView(), editor.place];
    offer(
      `The server did not start: the editor shows ${goal}.`,
      `Back to ${file}:${place.line}`,
      () => {
        if (currentView() === "code" && view !== "read") showView(view);
        if (!project.has(file)) return;
        files.show(file);
        editor.returnTo(place);
      },
    );
  };

  const goTo = ({ file, line, column }, move) => {
    offerBack(`${file}:${line}`);
    if (currentView() !== "read") showView("code");
    files.show(file);
    move(line, column);
  };

  run.addEventListener("asked", () => {
    isTyped = false;
    hide();
  });
  project.addEventListener("change", () => (isTyped = true));
  run.addEventListener("failed", ({ detail: { fault } }) => {
    const frame = fault?.frames?.[0];
    const place = frame && { file: fileOf(frame), line: frame.line, column: frame.column };
    if (!place || !project.has(place.file)) return;
    const isHere = files.chosen === place.file;
    if (!editor.hasFocus || (isHere && !isTyped)) return goTo(place, editor.reveal);
    const name = `${place.file}:${place.line}`;
    offer(`The server did not start because of ${name}.`, `Go to ${name}`, () =>
      goTo(place, editor.goTo),
    );
  });
  run.addEventListener("ran", hide);
}
