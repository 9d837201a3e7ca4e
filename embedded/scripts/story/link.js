// Questions to the lesson's page, each answered once.

import { Miss } from "./miss.js";

// What a page answers at once.
const QUICK = new Set(["look", "idle", "address", "title"]);
const REMEMBERED = 10;

const waiting = new Map();
// How long the last quick answers took, in milliseconds.
const took = [];
let last = 0;
let quiet = { isAtWork: false, since: 0, sinceDeed: 0, isStill: false, isOver: false };

// Whether the server is at something, for how long nothing has happened, and nobody has done or asked anything, by the
// lesson page's clock in milliseconds, whether nothing can come by itself, and whether nothing can after a disturbance
// either; as of the last answer.
export const quietOnStage = () => quiet;

// How long a page takes to answer at once, in milliseconds: the longest of the last times.
export const lag = () => Math.max(0, ...took);

const note = ({ isQuick, since }) => {
  if (isQuick) took.push(performance.now() - since);
  if (took.length > REMEMBERED) took.shift();
};

self.addEventListener("message", ({ data: { id, value, error, expected, quiet: now } }) => {
  quiet = now ?? quiet;
  const asked = waiting.get(id);
  if (!asked) return;
  waiting.delete(id);
  note(asked);
  if (error === undefined) asked.done(value);
  else if (expected) asked.failed(new Miss(expected, error, { client: asked.client }));
  else asked.failed(new Error(error));
});

export function link(what, ...args) {
  const id = (last += 1);
  return new Promise((done, failed) => {
    const isQuick = what === "client" && QUICK.has(args[1]);
    waiting.set(id, { done, failed, client: args[0], isQuick, since: performance.now() });
    self.postMessage({ id, what, args });
  });
}
