// A step's lines, found in a learner's files and put in; or why not, and then nothing is changed.

import assert from "node:assert/strict";
import { test } from "node:test";
import { changeTo } from "../../embedded/scripts/workbench/editor/change.js";
import { makeEdits, takeOut } from "../../embedded/scripts/workbench/steps/edit.js";
import { doneWords } from "../../embedded/scripts/workbench/steps/done-words.js";
import { putWords, refusalWords } from "../../embedded/scripts/workbench/steps/words.js";

const edit = (file, ...lines) => ({
  file,
  lines: lines.map((line) => ({ sign: line[0], text: line.slice(1) })),
});

const SERVER = "one\n  two\nthree\n";
const replaces = edit("server.js", " one", "-  two", "+  2", "+  2.5");
const appends = edit("server.js", " three", "+four");
const makes = edit("new.html", "+<p>New</p>", "+", "+<p>End</p>");

const made = (text, ...edits) => makeEdits({ "server.js": text }, edits);

test("lines that stand there once are changed, and the place of what came is told", () => {
  const { files, places } = made(SERVER, replaces);
  assert.deepEqual(files, { "server.js": "one\n  2\n  2.5\nthree\n" });
  assert.deepEqual(places, [{ file: "server.js", line: 2, count: 2, edit: replaces }]);
  assert.equal(made("x\n three\nthree", appends).files["server.js"], "x\n three\nthree\nfour");
  assert.equal(made("one\r\n  two\r\n", replaces).files["server.js"], "one\r\n  2\r\n  2.5\r\n");
});

test("several edits are one change: all are made, or none", () => {
  const both = made(SERVER, replaces, makes, appends);
  assert.deepEqual(both.files, {
    "server.js": "one\n  2\n  2.5\nthree\nfour\n",
    "new.html": "<p>New</p>\n\n<p>End</p>\n",
  });
  assert.deepEqual(
    both.places.map(({ file, line }) => [file, line]),
    [
      ["server.js", 2],
      ["new.html", 1],
      ["server.js", 5],
    ],
  );
  const none = made(SERVER, appends, edit("server.js", "-gone", "+here"));
  assert.equal(none.files, undefined);
  assert.deepEqual(none.refused, { why: "changed", line: "gone", file: "server.js" });
});

test("what is there already stays, and is not put in twice", () => {
  const once = made(SERVER, replaces, appends).files["server.js"];
  assert.equal(made(once, replaces).already.line, 1);
  const { already, files } = made(once, replaces, appends);
  assert.equal(files, undefined);
  assert.equal(already.file, "server.js");
  const first = made(SERVER, appends).files["server.js"];
  const rest = made(first, appends, replaces);
  assert.equal(rest.files["server.js"], once, "what lacks is put in beside it");
  assert.deepEqual(
    rest.places.map((place) => place.edit),
    [replaces],
  );
  const file = { "new.html": "<p>New</p>\n\n<p>End</p>" };
  assert.equal(makeEdits(file, [makes]).already.line, 1);
  const taken = edit("server.js", " one", "-  two", " three");
  assert.equal(made("one\nthree\n", taken).already.line, 1);
});

test("a line that stands elsewhere as well is still put in at its place", () => {
  const { files } = made("b\na\n", edit("server.js", "-a", "+b"));
  assert.equal(files["server.js"], "b\nb\n");
});

test("why it cannot be put in is told by what the learner has", () => {
  const why = (files, each) => makeEdits(files, [each]).refused.why;
  assert.equal(why({}, replaces), "missing");
  assert.equal(why({ "server.js": { base64: "AA==" } }, replaces), "no-text");
  assert.equal(why({ "new.html": "<p>Mine</p>\n" }, makes), "file-there");
  assert.equal(why({ "server.js": "three\nthree\n" }, appends), "several");
  assert.equal(why({ "server.js": "one\n    two\n" }, replaces), "changed");
  assert.equal(why({ "server.js": "  two\none\n" }, replaces), "changed", "in another order");
  assert.match(
    refusalWords({ why: "changed", file: "a.js", line: "  two" }),
    /^Nothing is changed: “two” is not in a\.js\./,
  );
  assert.match(
    refusalWords({ why: "changed", file: "a.js", line: null }),
    /do not stand in a row in a\.js/,
  );
  for (const each of ["missing", "no-text", "file-there", "several"])
    assert.match(refusalWords({ why: each, file: "a.js" }), /^Nothing is changed: .*a\.js/);
});

test("what was put in is taken out again, but not what was typed since", () => {
  const before = { "server.js": SERVER };
  const edits = [replaces, makes, appends];
  const { files } = makeEdits(before, edits);
  assert.deepEqual(takeOut(files, edits), before);
  const typed = { ...files, "server.js": `${files["server.js"]}// mine\n` };
  assert.deepEqual(takeOut(typed, edits), { "server.js": `${SERVER}// mine\n` });
  assert.equal(takeOut({ ...files, "new.html": "<p>Mine</p>\n" }, edits), null);
  assert.equal(takeOut({ ...files, "server.js": "one\n  2\nthree\nfour\n" }, edits), null);
  assert.deepEqual(takeOut(before, [appends]), before, "it is out already");
});

test("a text is changed where it differs", () => {
  const change = (before, after) => {
    const { from, to, insert } = changeTo(before, after);
    assert.equal(before.slice(0, from) + insert + before.slice(to), after);
    return [from, to, insert];
  };
  assert.deepEqual(change("a\nb\nc\n", "a\nx\nc\n"), [2, 3, "x"]);
  assert.deepEqual(change("aa", "aaa"), [2, 2, "a"]);
  assert.deepEqual(change("aaa", "a"), [1, 3, ""]);
  assert.deepEqual(change("", "x"), [0, 0, "x"]);
  assert.deepEqual(change("same", "same"), [4, 4, ""]);
});

test("several ticks are read out together", () => {
  assert.equal(doneWords([2], 5), "Step 2 of 5 is done.");
  assert.equal(doneWords([2, 3], 5), "Steps 2 and 3 of 5 are done.");
  assert.equal(doneWords([1, 2, 4], 5), "Steps 1, 2 and 4 of 5 are done.");
  const places = [
    { file: "a.js", line: 3 },
    { file: "b.js", line: 1 },
  ];
  assert.equal(putWords(2, places), "Step 2 is in a.js, line 3, and in b.js.");
});
