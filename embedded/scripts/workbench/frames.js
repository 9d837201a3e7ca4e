// A place in the learner's code: a button that goes there when the file is one of theirs.

import { make } from "./parts.js";

// A page's own address stands for the file that it was made from, as far as we can tell.
export const fileOf = (frame) =>
  frame.file.replace(/^\.?\//, "").replace(/(^|\/)$/, "$1index.html");

export function placeButton(frame, { project, goTo }, withName = false) {
  const file = fileOf(frame);
  const name = withName && frame.function ? `${frame.function} ` : "";
  const place = placeOf(frame, project);
  if (!place) {
    const where = frame.source ? `line ${frame.line} of the page` : `${file}:${frame.line}`;
    return make("span", { class: "place" }, name + where);
  }
  const label = `${name}${place.file}:${place.line}`;
  const button = make("button", { type: "button", class: "place" }, label);
  button.addEventListener("click", () => goTo(place.file, place.line, place.column));
  return button;
}

/**
 * Where a frame is in the code, or null. A server may make a page of several pieces, and then its lines have other numbers
 * than those of the code: they are found by what stands in them and around (`source`: the line before, itself, the one after).
 */
export function placeOf({ line, column, source, ...frame }, project) {
  const own = fileOf(frame);
  if (!source) return project.has(own) ? { file: own, line, column } : null;
  const wanted = source.map((each) => each.trim());
  if (!wanted[1]) return null;
  const files = project.names.filter((name) => project.isText(name));
  const found = files.flatMap((file) =>
    placesIn(project.text(file), wanted).map((place) => ({ file, ...place })),
  );
  const fits = ({ file, line: at, around }) =>
    4 * around + 2 * (file === own) + (file === own && at === line);
  const [best] = found.sort((one, other) => fits(other) - fits(one));
  if (!best) return null;
  // The code may be indented otherwise than the page.
  const moved = Math.max(1, column + best.indent - indentOf(source[1]));
  return { file: best.file, line: best.line, column: moved };
}

function placesIn(text, [before, wanted, after]) {
  const lines = text.split("\n");
  const has = (at, words) => lines[at]?.trim() === words;
  return lines.flatMap((each, at) => {
    if (each.trim() !== wanted) return [];
    const around = has(at - 1, before) + has(at + 1, after);
    return [{ line: at + 1, indent: indentOf(each), around }];
  });
}

const indentOf = (line) => line.length - line.trimStart().length;
