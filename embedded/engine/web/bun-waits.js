// Looking into promises, and waiting. https://bun.com/docs/api/utils

import { peek as look, sleep } from "./host.js";
import { coded } from "./node-errors.js";
import { setTimeout } from "./timers.js";

/** What a promise has come to, at once, or the promise itself. */
export function peek(value) {
  if (!(value instanceof Promise)) return value;
  const [state, found] = look(value);
  return state === "pending" ? value : found;
}
peek.status = (value) => (value instanceof Promise ? look(value)[0] : "fulfilled");

export const waits = {
  peek,
  sleep: (wait) =>
    new Promise((resolve) => setTimeout(resolve, wait instanceof Date ? wait - Date.now() : wait)),
  sleepSync(milliseconds) {
    if (typeof milliseconds !== "number") {
      throw coded(TypeError, "ERR_INVALID_ARG_TYPE", "milliseconds must be a number");
    }
    if (milliseconds < 0) {
      const message = `argument to sleepSync must not be negative, got ${milliseconds}`;
      throw coded(TypeError, "ERR_INVALID_ARG_TYPE", message);
    }
    sleep(milliseconds || 0);
  },
};
