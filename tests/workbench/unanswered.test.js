// A page that stopped the lesson's page is held back the next time; one that was left, or has answered for a while, is
// not.

import assert from "node:assert/strict";
import { afterEach, beforeEach, mock, test } from "node:test";
import { openUnanswered } from "../../embedded/scripts/workbench/unanswered.js";

/** A storage whose keys are its own, as a browser's are. */
function storage() {
  const methods = {
    getItem(key) {
      return this[key] ?? null;
    },
    setItem(key, value) {
      this[key] = value;
    },
    removeItem(key) {
      delete this[key];
    },
  };
  return Object.create(methods);
}

// A tab that is opened: its page, and what the browser keeps for it alone.
function openTab(work = "lesson") {
  globalThis.sessionStorage = storage();
  const window = new EventTarget();
  globalThis.window = window;
  return { window, page: openUnanswered(work) };
}

beforeEach(() => {
  globalThis.localStorage = storage();
  mock.timers.enable({ apis: ["Date", "setInterval"] });
});
afterEach(() => mock.timers.reset());

test("a page that says nothing more is held back until it is asked for", () => {
  const { page } = openTab();
  assert.equal(page.isHeld, false, "nothing was shown before");
  page.begins();
  mock.timers.tick(2000);
  page.answered();
  const again = openTab().page;
  assert.equal(again.isHeld, true);
  assert.equal(openTab("another").page.isHeld, false);
  assert.equal(openTab().page.isHeld, true, "nobody has asked for it");
  again.begins();
  assert.equal(again.isHeld, false);
  mock.timers.tick(10_000);
  again.answered();
  assert.equal(openTab().page.isHeld, false);
});

test("a page that is left while it answers is not held back", () => {
  const { window, page } = openTab();
  page.begins();
  window.dispatchEvent(new Event("pagehide"));
  assert.equal(openTab().page.isHeld, false);
});

test("a page that stopped the lesson's until it was left is held back", () => {
  const { window, page } = openTab();
  page.begins();
  mock.timers.tick(2000);
  // No timer comes to its turn meanwhile.
  mock.timers.setTime(Date.now() + 4000);
  window.dispatchEvent(new Event("pagehide"));
  assert.equal(openTab().page.isHeld, true);
});

test("a page that stopped the lesson's for once, and has answered since, is not held back", () => {
  const { window, page } = openTab();
  page.begins();
  mock.timers.setTime(Date.now() + 4000);
  mock.timers.tick(7000);
  page.answered();
  window.dispatchEvent(new Event("pagehide"));
  assert.equal(openTab().page.isHeld, false);
});

test("what one tab hears says nothing of another tab's page", () => {
  const [one, other] = [openTab().page, openTab().page];
  one.begins();
  other.begins();
  mock.timers.tick(10_000);
  one.answered();
  assert.equal(openTab().page.isHeld, true);
});

test("where the browser keeps nothing, nothing is held back", () => {
  delete globalThis.localStorage;
  const { page } = openTab();
  page.begins();
  assert.equal(page.isHeld, false);
});
