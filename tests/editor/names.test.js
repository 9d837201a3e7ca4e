// What the editor says of htmx's names comes from the packages' own sources.

import assert from "node:assert/strict";
import { test } from "node:test";
import { htmxNames, knownAttributes } from "../../embedded/build/htmx-names.mjs";

const two = await htmxNames("2");
const four = await htmxNames("4");

test("each version has its own attributes, those of its two extensions among them", () => {
  for (const name of ["hx-get", "hx-disabled-elt", "hx-ext", "ws-connect", "sse-swap"]) {
    assert.ok(name in two.attributes, name);
  }
  for (const name of ["hx-get", "hx-ignore", "hx-query", "hx-ws:connect", "hx-sse:close"]) {
    assert.ok(name in four.attributes, name);
  }
  assert.ok(!("hx-disabled-elt" in four.attributes) && !("ws-connect" in four.attributes));
  assert.ok(!("hx-ignore" in two.attributes) && !("hx-ws:connect" in two.attributes));
});

test("events and headers are those of the version", () => {
  assert.ok("htmx:afterSwap" in two.events && "htmx:xhr:progress" in two.events);
  assert.ok("htmx:after:swap" in four.events && !("htmx:afterSwap" in four.events));
  assert.ok("HX-Prompt" in two.requestHeaders && "HX-Trigger-After-Swap" in two.responseHeaders);
  assert.ok(
    "HX-Source" in four.requestHeaders && !("HX-Trigger-After-Swap" in four.responseHeaders),
  );
});

test("what a version lacks is named by what the other has instead", () => {
  assert.equal(two.instead["hx-ws:connect"].name, "ws-connect");
  assert.equal(four.instead["hx-disabled-elt"].name, "hx-disable");
  for (const names of [two, four]) {
    for (const { name } of Object.values(names.instead)) {
      if (name) assert.ok(name in names.attributes, name);
    }
  }
});

test("each name has one sentence", () => {
  for (const { instead, version, ...tables } of [two, four]) {
    assert.match(version, /^\d+\.\d+\.\d+$/);
    for (const words of Object.values(instead).map((each) => each.words)) {
      assert.match(words, /[.…]$/);
    }
    for (const table of Object.values(tables)) {
      for (const [name, words] of Object.entries(table)) assert.match(words, /[.…]$/, name);
    }
  }
});

test("attributes of extensions that a project may bring itself are known by name", async () => {
  const known = await knownAttributes();
  assert.ok(known.extensions.includes("hx-preload"));
  assert.deepEqual(known["2"], Object.keys(two.attributes));
});
