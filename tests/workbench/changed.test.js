// How two states of some markup are compared, and where an attribute of a page is found in the code, without a browser.

import assert from "node:assert/strict";
import { test } from "node:test";
import { difference } from "../../embedded/scripts/workbench/changed/difference.js";
import { findAsked } from "../../embedded/scripts/workbench/changed/find-asked.js";
import { openKept } from "../../embedded/scripts/workbench/changed/kept.js";
import { linesOf } from "../../embedded/scripts/workbench/changed/lines.js";
import { unseenWords } from "../../embedded/scripts/workbench/changed/words.js";

const items = (count, name) =>
  `<ul>${Array.from({ length: count }, (_, at) => `<li>${name(at)}</li>`).join("")}</ul>`;

test("of many items the one that changed is found, the last one too", () => {
  const before = linesOf(items(600, (at) => at));
  const after = linesOf(items(600, (at) => (at === 599 ? "new" : at)));
  assert.deepEqual(difference(before, after), [
    ["…", "598 lines as before"],
    [" ", "  <li>597</li>"],
    [" ", "  <li>598</li>"],
    ["−", "  <li>599</li>"],
    ["+", "  <li>new</li>"],
    [" ", "</ul>"],
  ]);
});

test("where more differs than is compared, that is said", () => {
  const before = linesOf(items(600, (at) => `a${at}`));
  const after = linesOf(items(600, (at) => `b${at}`));
  const lines = difference(before, after);
  assert.equal(lines.filter(([mark]) => mark === "+").length, 400);
  assert.deepEqual(lines.at(-1), ["…", "what follows is longer than what is compared"]);
});

test("nothing is called the same as before that was not kept", () => {
  const how = { style: "innerHTML" };
  assert.equal(unseenWords({ how }, true), "The markup is the same as before.");
  assert.match(unseenWords({ how, isCut: true }, true), /longer than what is kept/);
  assert.match(unseenWords({ how, before: "<p> a", after: "<p>a" }, true), /but for white space/);
  assert.equal(unseenWords({ how, isCut: true }, false), "");
});

/** The places of an attribute in a file with this text. */
function placesOf(text, value, name = "hx-get") {
  const project = { names: ["index.html"], isText: () => true, text: () => text };
  return findAsked(project, { name, value, id: "" }).map(({ line }) => line);
}

test("an attribute that the code fills in fits by what stands around", () => {
  const text = '<a hx-get="/items/${id}/parts/${part}?all"></a>';
  assert.deepEqual(placesOf(text, "/items/7/parts/2?all"), [1]);
  assert.deepEqual(placesOf(text, "/items/7/parts?all"), []);
  assert.deepEqual(placesOf(text, "/items/7/parts/2"), []);
  assert.deepEqual(placesOf('<a hx-get="a${x}a"></a>', "a"), [], "no text counts twice");
  assert.deepEqual(placesOf('<a hx-get="${x}"></a>', "/any"), [1]);
});

test("a value that a page made for it takes no time to compare", { timeout: 10_000 }, () => {
  const text = `<a hx-get="${"${x}a".repeat(30)}b"></a>`;
  assert.deepEqual(placesOf(text, "a".repeat(500)), []);
});

test("what is kept is bounded by what its texts take, also those beside the markup", () => {
  const kept = openKept([]);
  const long = "x".repeat(10_000);
  for (let entry = 1; entry <= 500; entry += 1)
    kept.add({ tie: { entry }, swap: null, none: "empty", why: { element: long } });
  const has = (entry) => kept.of({ kind: "http", entry }).length > 0;
  assert.deepEqual([has(1), has(500)], [false, true]);
  kept.clear();
  assert.equal(has(500), false);
});
