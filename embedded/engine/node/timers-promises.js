// node:timers/promises

import { clearImmediate, clearTimeout, errors } from "../internals.js";
import * as timers from "../internals.js";

/** A promise that one timer fulfils, and the signal rejects. */
function waiting(start, clear, value, { signal } = {}) {
  return new Promise((resolve, reject) => {
    if (signal?.aborted) return reject(errors.aborted(signal));
    const stop = () => {
      clear(timer);
      reject(errors.aborted(signal));
    };
    const timer = start(() => {
      signal?.removeEventListener("abort", stop);
      resolve(value);
    });
    signal?.addEventListener("abort", stop, { once: true });
  });
}

export const setTimeout = (delay, value, options) =>
  waiting((done) => timers.setTimeout(done, delay), clearTimeout, value, options);

export const setImmediate = (value, options) =>
  waiting((done) => timers.setImmediate(done), clearImmediate, value, options);

/** The value again and again, each time after so many milliseconds. */
export async function* setInterval(delay, value, options) {
  for (;;) yield await setTimeout(delay, value, options);
}

export const scheduler = {
  wait: (delay, options) => setTimeout(delay, undefined, options),
  yield: () => setImmediate(),
};
