// The pieces in which two texts differ, and what takes one of them over. A piece is
// { own: { from, to }, other: { from, to } }: lines from 0, the last one not included.

import { Chunk } from "@codemirror/merge";
import { Text } from "@codemirror/state";

// As the editor reads a text.
export const textOf = (text) => Text.of(text.split(/\r\n?|\n/));

export function piecesOf(own, other) {
  return Chunk.build(own, other).map(({ fromA, toA, fromB, toB }) => ({
    own: { from: lineAt(own, fromA), to: lineAt(own, toA) },
    other: { from: lineAt(other, fromB), to: lineAt(other, toB) },
  }));
}

// A piece ends one beyond the text where it ends with the last line.
const lineAt = (text, at) => (at > text.length ? text.lines : text.lineAt(at).number - 1);

// The change that puts a piece of the other text into one's own.
export function takingOver(own, other, piece) {
  const { from, to } = piece.own;
  const lines = [];
  for (let line = piece.other.from; line < piece.other.to; line += 1) {
    lines.push(other.line(line + 1).text);
  }
  const each = (write) => lines.map(write).join("");
  if (to < own.lines) {
    const [start, end] = [own.line(from + 1).from, own.line(to + 1).from];
    return { from: start, to: end, insert: each((line) => `${line}\n`) };
  }
  if (from === 0) return { from: 0, to: own.length, insert: lines.join("\n") };
  return { from: own.line(from).to, to: own.length, insert: each((line) => `\n${line}`) };
}

// “line 4”, “lines 4 to 9”, or where a piece without lines would stand.
export function linesInWords({ from, to }) {
  if (from === to) return from === 0 ? "before line 1" : `after line ${from}`;
  return to - from === 1 ? `line ${to}` : `lines ${from + 1} to ${to}`;
}
