// Versions in words: their days and times, and what they passed; and the list of them as it grows.

import assert from "node:assert/strict";
import { test } from "node:test";
import { VersionList } from "../../embedded/scripts/workbench/version-list.js";
import {
  agoInWords,
  dayInWords,
  passedInWords,
  timeInWords,
} from "../../embedded/scripts/workbench/version-words.js";

const at = (...parts) => new Date(...parts).getTime();
const NOW = at(2026, 0, 2, 0, 30, 0);

test("days have the names that people call them by", () => {
  for (const [moment, words] of [
    [at(2026, 0, 2, 0, 29), "Today"],
    [at(2026, 0, 1, 0, 0), "Yesterday"],
    [at(2026, 0, 1, 23, 59), "Yesterday"],
    [at(2025, 11, 31, 23, 59), "Wednesday 31 December 2025"],
  ]) {
    assert.equal(dayInWords(moment, NOW).replace(",", ""), words);
  }
  const later = at(2026, 10, 29, 12, 0);
  assert.equal(dayInWords(at(2026, 10, 23), later).replace(",", ""), "Monday 23 November");
  assert.equal(timeInWords(at(2026, 10, 29, 9, 3, 20), later), "today at 09:03:20");
});

test("how long ago is said of today alone", () => {
  for (const [moment, words] of [
    [at(2026, 0, 2, 0, 29, 40), "just now"],
    [at(2026, 0, 2, 0, 25, 0), "5 minutes ago"],
    [at(2026, 0, 1, 23, 59, 0), ""],
    [at(2026, 0, 2, 0, 31, 0), ""],
  ]) {
    assert.equal(agoInWords(moment, NOW), words);
  }
});

test("what a version passed is counted", () => {
  const words = (passed, failed, challenge = false) =>
    passedInWords({ passed: challenge, checks: { passed, failed } });
  assert.deepEqual(words(0, 0), []);
  assert.deepEqual(words(1, 2), ["1 check passed", "2 checks failed"]);
  assert.deepEqual(words(5, 0, true), ["First to pass the challenge", "5 checks passed"]);
});

/** A site that keeps these versions, two of an answer. */
const siteOf = (kept) => async (_, address) => {
  const before = Number(new URL(address, "http://site").searchParams.get("before") ?? Infinity);
  const older = kept().filter((version) => version < before);
  const versions = older.slice(0, 2).map((version) => ({ version }));
  return { ok: true, answer: { versions, more: older.length > 2 } };
};

test("the list grows at both ends, and what was let go meanwhile leaves it", async () => {
  let kept = [5, 4, 3, 2, 1];
  const list = new VersionList(
    siteOf(() => kept),
    "/versions",
  );
  const numbers = () => list.all.map(({ version }) => version);
  await list.renew();
  assert.deepEqual([numbers(), list.more], [[5, 4], true]);
  await list.older();
  assert.deepEqual([numbers(), list.more], [[5, 4, 3, 2], true]);
  kept = [6, 4, 3, 2, 1];
  await list.renew();
  assert.deepEqual(numbers(), [6, 4, 3, 2]);
  await list.older();
  assert.deepEqual([numbers(), list.more], [[6, 4, 3, 2, 1], false]);
  // So many were saved meanwhile that others come between.
  kept = [20, 19, 18, 6, 4];
  await list.renew();
  assert.deepEqual([numbers(), list.more], [[20, 19], true]);
});
