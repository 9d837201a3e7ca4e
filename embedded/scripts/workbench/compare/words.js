// What differs, in words.

import { linesInWords } from "../editor/pieces.js";

const MARK = { new: "you do not have it", gone: "not in it", other: "differs", same: "the same" };
const TAKE = {
  new: "Add this file",
  gone: "Remove this file",
  other: "Use this",
  same: "Use this",
};

export const optionInWords = (sides, name) => `${name} (${MARK[sides.kindOf(name)]})`;

export const takeInWords = (sides, name) => TAKE[sides.kindOf(name)];

export const lackInWords = ({ source }) => `${capital(source.other)} has no such file.`;

/** Which files are new or gone, in a sentence. */
export function sumInWords(sides) {
  const names = sides.differing();
  if (names.length === 0) return "All files are the same as yours.";
  const of = (kind) => names.filter((name) => sides.kindOf(name) === kind).join(", ");
  const count = names.length === 1 ? "1 file differs." : `${names.length} files differ.`;
  const added = of("new") ? ` Only in ${sides.source.other}: ${of("new")}.` : "";
  const gone = of("gone") ? ` Only yours: ${of("gone")}.` : "";
  return count + added + gone;
}

/** How a file stands, or which of its pieces is looked at. */
export function fileInWords(sides, name, pieces, at) {
  const kind = sides.kindOf(name);
  if (kind === "same") return "The same as yours.";
  if (kind === "new") return "You do not have this file.";
  if (kind === "gone") return `${capital(sides.source.other)} does not have this file.`;
  if (!sides.areTexts(name)) return "Not the same as yours.";
  if (pieces.length === 0) return "Only the ends of lines are written otherwise.";
  const { own, other } = pieces[at];
  const place = `Difference ${at + 1} of ${pieces.length}`;
  return `${place}: yours, ${linesInWords(own)}; here, ${linesInWords(other)}.`;
}

/** What is left to compare, behind a file that is done. */
export function restInWords(sides, name) {
  if (sides.kindOf(name) !== "same") return "";
  const [next] = sides.differing();
  return next ? ` ${next} still differs.` : " Nothing differs any more.";
}

const capital = (text) => text[0].toUpperCase() + text.slice(1);
