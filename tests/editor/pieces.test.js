// The pieces in which two texts differ: each can be taken over, in any order, until nothing differs.

import assert from "node:assert/strict";
import { test } from "node:test";
import { piecesOf, takingOver, textOf } from "../../embedded/scripts/workbench/editor/pieces.js";

const taken = (own, other, piece) => {
  const { from, to, insert } = takingOver(own, other, piece);
  const text = own.toString();
  return textOf(text.slice(0, from) + insert + text.slice(to));
};

/** Takes one piece after the other over; `choose` says which is next. */
function takeAll(mine, theirs, choose) {
  let own = textOf(mine);
  const other = textOf(theirs);
  for (let turns = 0; ; turns += 1) {
    const pieces = piecesOf(own, other);
    if (pieces.length === 0) return own.toString();
    assert.ok(turns < 100, `it comes to an end: ${JSON.stringify([mine, theirs])}`);
    own = taken(own, other, choose(pieces));
  }
}

const first = (pieces) => pieces[0];
const last = (pieces) => pieces.at(-1);

test("one piece is taken over, and the others stay as they are", () => {
  const own = textOf("a\nb\nc\nd\ne\nf\ng");
  const other = textOf("a\nB\nc\nd\ne\nF\ng");
  const pieces = piecesOf(own, other);
  const lines = { from: 5, to: 6 };
  assert.deepEqual(pieces[1], { own: lines, other: lines });
  assert.equal(taken(own, other, pieces[1]).toString(), "a\nb\nc\nd\ne\nF\ng");
});

test("at the ends of a text as well", () => {
  const texts = ["", "a", "a\n", "\na", "a\nb", "a\nb\n", "b\n", "\n\n", "x\na\ny", "b"];
  for (const mine of texts) {
    for (const theirs of texts) {
      for (const choose of [first, last]) assert.equal(takeAll(mine, theirs, choose), theirs);
    }
  }
});

test("of texts with many differences", () => {
  // The same each time.
  let seed = 7;
  const random = (most) => (seed = (seed * 1103515245 + 12345) % 2147483648) % most;
  const text = () => Array.from({ length: random(30) }, () => "abcde"[random(5)]).join("\n");
  for (let round = 0; round < 500; round += 1) {
    const [mine, theirs] = [text(), text()];
    assert.equal(takeAll(mine, theirs, first), theirs);
    assert.equal(takeAll(mine, theirs, last), theirs);
  }
});

test("a difference in the ends of lines alone is none", () => {
  assert.deepEqual(piecesOf(textOf("a\r\nb"), textOf("a\nb")), []);
});
