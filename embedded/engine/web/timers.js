import { clearTimer, setTimer } from "./host.js";
import { hidden, tag } from "./define.js";
import { SafeMap } from "./safe.js";

/** Longer delays become 1 ms, as in Bun, Node and browsers. */
const LONGEST = 2 ** 31 - 1;

const waiting = new SafeMap();
let last = 0;

/** What `setTimeout` answers, as in Bun: usable as a number too. */
export class Timeout {
  #id;
  #wait;
  constructor(id, wait) {
    this.#id = id;
    this.#wait = wait;
  }
  ref() {
    return this;
  }
  unref() {
    return this;
  }
  hasRef() {
    return true;
  }
  refresh() {
    if (waiting.has(this.#id)) {
      clearTimer(this.#id);
      setTimer(this.#id, this.#wait);
    }
    return this;
  }
  close() {
    clearTimeout(this.#id);
    return this;
  }
  [Symbol.toPrimitive]() {
    return this.#id;
  }
  [Symbol.dispose]() {
    clearTimeout(this.#id);
  }
}
tag(Timeout, "Timeout");

function start(callback, delay, rest, repeats) {
  if (typeof callback !== "function") {
    throw new TypeError(`The callback of a timer must be a function, not ${typeof callback}`);
  }
  const number = Number(delay);
  const wait = number >= 1 && number <= LONGEST ? Math.trunc(number) : 1;
  const id = ++last;
  setTimer(id, wait);
  waiting.set(id, { callback, rest, wait, repeats });
  return new Timeout(id, wait);
}

export const setTimeout = (callback, delay, ...rest) => start(callback, delay, rest, false);
export const setInterval = (callback, delay, ...rest) => start(callback, delay, rest, true);
export const setImmediate = (callback, ...rest) => start(callback, 0, rest, false);

export function clearTimeout(timer) {
  const id = Number(timer ?? 0);
  if (waiting.delete(id)) clearTimer(id);
}
export const clearInterval = (timer) => clearTimeout(timer);
export const clearImmediate = (timer) => clearTimeout(timer);

/** The engine calls this when a timer is due; what the callback throws is the engine's to report. */
function due(id) {
  const timer = waiting.get(id);
  if (!timer) return;
  if (timer.repeats) setTimer(id, timer.wait);
  else waiting.delete(id);
  timer.callback(...timer.rest);
}

hidden(globalThis, { __timer: due });

export function queueMicrotask(callback) {
  if (typeof callback !== "function") {
    throw new TypeError("queueMicrotask takes a function");
  }
  Promise.resolve().then(() => callback());
}

/** The globals of this file, by their names. */
export const timerFunctions = {
  ...{ setTimeout, setInterval, setImmediate, clearTimeout, clearInterval, clearImmediate },
  queueMicrotask,
};
