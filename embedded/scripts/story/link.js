// Questions to the lesson's page, each answered once.

import { Miss } from "./miss.js";

const waiting = new Map();
let last = 0;
let quiet = { since: 0, isStill: false };

// For how long nothing has happened, by the lesson page's clock in milliseconds, and whether nothing can come by
// itself; as of the last answer.
export const quietOnStage = () => quiet;

self.addEventListener("message", ({ data: { id, value, error, expected, quiet: now } }) => {
  quiet = now ?? quiet;
  const asked = waiting.get(id);
  if (!asked) return;
  waiting.delete(id);
  if (error === undefined) asked.done(value);
  else if (expected) asked.failed(new Miss(expected, error, { client: asked.client }));
  else asked.failed(new Error(error));
});

export function link(what, ...args) {
  const id = (last += 1);
  return new Promise((done, failed) => {
    waiting.set(id, { done, failed, client: args[0] });
    self.postMessage({ id, what, args });
  });
}
