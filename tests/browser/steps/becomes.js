// What somebody sees after a while: read again and again until it is what is wanted.

import assert from "node:assert/strict";
import { setTimeout } from "node:timers/promises";
import { isDeepStrictEqual } from "node:util";

const WAIT_MS = 15_000;
const PAUSE_MS = 50;

/** Waits until `read` gives what is wanted; fails with what it gave last. */
export async function becomes(read, wanted, message) {
  const end = Date.now() + WAIT_MS;
  let found = await read();
  while (!isDeepStrictEqual(found, wanted) && Date.now() < end) {
    await setTimeout(PAUSE_MS);
    found = await read();
  }
  assert.deepEqual(found, wanted, message);
}
