// A place in the learner's code: a button that goes there when the file is one of theirs.

import { make } from "./parts.js";

// A page's own address stands for the file that it was made from, as far as we can tell.
export const fileOf = (frame) =>
  frame.file.replace(/^\.?\//, "").replace(/(^|\/)$/, "$1index.html");

export function placeButton(frame, { project, goTo }, withName = false) {
  const file = fileOf(frame);
  const label = `${withName && frame.function ? `${frame.function} ` : ""}${file}:${frame.line}`;
  if (!project.has(file)) return make("span", { class: "place" }, label);
  const button = make("button", { type: "button", class: "place" }, label);
  button.addEventListener("click", () => goTo(file, frame.line, frame.column));
  return button;
}
