// How much a server may ask of itself at once.

import { clearTimeout, SafeSet, setTimeout } from "../host.js";
import { ownConnections } from "../wire.js";

/** How many requests and sockets of its own a server may have open: as many requests as Bun makes at once. */
const MOST = 256;

/** With so many open and none over for this long, in milliseconds, they wait for each other. */
const STUCK = 3_000;

/** What resolves or rejects those that wait, in their order. */
const waiting = new SafeSet();
let watch = null;

export const isFull = () => ownConnections.size >= MOST;

/** Resolves when one more may be open; rejects when nothing moves, and with the signal's reason. */
export function place(signal) {
  return new Promise((resolve, reject) => {
    const leave = (how) => (value) => {
      waiting.delete(entry);
      signal.removeEventListener("abort", entry.abort);
      how(value);
    };
    const entry = { resolve: leave(resolve), reject: leave(reject) };
    entry.abort = () => entry.reject(signal.reason);
    signal.addEventListener("abort", entry.abort);
    waiting.add(entry);
    if (waiting.size === 1) rest();
  });
}

/** One is over. */
export function placeFreed() {
  const [next] = waiting;
  next?.resolve();
  rest();
}

/** Begins the time anew in which something must move. */
function rest() {
  clearTimeout(watch);
  if (waiting.size === 0) return;
  watch = setTimeout(() => {
    for (const { reject } of [...waiting]) reject(tooMany());
  }, STUCK);
}

export const tooMany = () =>
  new Error(
    `this server waits for ${MOST} answers of its own: does a route fetch itself, or are sockets never closed?`,
  );
