// Runs the generators of a rewriting: to their end, or to the first promise that does not settle now.

import { peek, runJobs } from "../host.js";

/** `{value}` at the end, or `{waits}`, a promise that is pending. Throws what a handler throws. */
export function runNow(steps, first = steps.next()) {
  let step = first;
  while (!step.done) {
    const promise = step.value;
    if (peek(promise)[0] === "pending") runJobs();
    const [state, reason] = peek(promise);
    if (state === "pending") return { waits: promise };
    if (state === "rejected") {
      promise.catch(() => {});
      step = steps.throw(reason);
    } else step = steps.next();
  }
  return { value: step.value };
}

/** Goes on from what `runNow` gave, as long as it takes, and gives the value. */
export async function runLater(steps, { waits, value }) {
  if (!waits) return value;
  const step = await waits.then(
    () => steps.next(),
    (reason) => steps.throw(reason),
  );
  return runLater(steps, runNow(steps, step));
}
