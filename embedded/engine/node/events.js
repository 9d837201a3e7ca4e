// node:events, of the package “events” (Node's own of some years ago), with what has come since.

import EventEmitter from "events";
import { Bun, errors, queueMicrotask } from "../internals.js";

const { invalidType, coded } = errors;
const oldEmit = EventEmitter.prototype.emit;

export const errorMonitor = Symbol("events.errorMonitor");
export const captureRejectionSymbol = Symbol.for("nodejs.rejection");
export const captureRejections = false;
export const usingDomains = false;
export const defaultMaxListeners = 10;

/** Node's words for an error that nobody listens for; watchers hear of it first. */
EventEmitter.prototype.emit = function emit(name, ...values) {
  if (name === "error") {
    oldEmit.call(this, errorMonitor, ...values);
    if (!(this.listenerCount("error") > 0)) throw unhandled(values[0]);
  }
  return oldEmit.call(this, name, ...values);
};

for (const name of ["on", "addListener", "once", "prependListener", "prependOnceListener"]) {
  const add = EventEmitter.prototype[name];
  EventEmitter.prototype[name] = {
    [name](event, listener) {
      if (typeof listener !== "function")
        throw invalidType("listener", "of type function", listener);
      return add.call(this, event, listener);
    },
  }[name];
}

function unhandled(reason) {
  if (reason instanceof Error) return reason;
  const text = typeof reason === "string" ? `'${reason}'` : Bun.inspect(reason);
  const error = coded(Error, "ERR_UNHANDLED_ERROR", `Unhandled error. (${text})`);
  error.context = reason;
  return error;
}

export const { init } = EventEmitter;

/** A promise of the next event, as an array of its values; an error rejects it, and so does the signal. */
export function once(emitter, name, { signal } = {}) {
  return new Promise((resolve, reject) => {
    if (signal?.aborted) return reject(errors.aborted(signal));
    const undo = [];
    const listen = (event, listener) => undo.push(listenTo(emitter, event, listener));
    const settle = (how, value) => {
      for (const each of undo) each();
      how(value);
    };
    listen(name, (...values) => settle(resolve, values));
    if (name !== "error" && typeof emitter.on === "function") {
      listen("error", (error) => settle(reject, error));
    }
    if (signal) undo.push(listenTo(signal, "abort", () => settle(reject, errors.aborted(signal))));
  });
}

/** Events as they come, each as an array of its values; those that nobody waited for yet are kept. */
export function on(emitter, name, { signal, close = [] } = {}) {
  if (signal?.aborted) throw errors.aborted(signal);
  const waiting = [];
  const kept = [];
  let failure;
  let isOver = false;
  const finish = (error) => {
    isOver = true;
    failure ??= error;
    for (const each of undo) each();
    for (const { resolve, reject } of waiting.splice(0)) {
      if (error) reject(error);
      else resolve({ value: undefined, done: true });
    }
  };
  const undo = [
    listenTo(emitter, name, (...values) => {
      const next = waiting.shift();
      if (next) next.resolve({ value: values, done: false });
      else kept.push(values);
    }),
    ...(name === "error" ? [] : [listenTo(emitter, "error", finish)]),
    ...close.map((event) => listenTo(emitter, event, () => finish())),
    ...(signal ? [listenTo(signal, "abort", () => finish(errors.aborted(signal)))] : []),
  ];
  return {
    async next() {
      if (kept.length > 0) return { value: kept.shift(), done: false };
      if (failure) {
        const error = failure;
        failure = undefined;
        throw error;
      }
      if (isOver) return { value: undefined, done: true };
      return new Promise((resolve, reject) => waiting.push({ resolve, reject }));
    },
    async return() {
      finish();
      return { value: undefined, done: true };
    },
    async throw(error) {
      finish(error);
      throw error;
    },
    [Symbol.asyncIterator]() {
      return this;
    },
  };
}

export const getEventListeners = (emitter, name) => emitter.listeners(name);
export const listenerCount = (emitter, name) => emitter.listenerCount(name);
export const getMaxListeners = (emitter) => emitter.getMaxListeners();

export function setMaxListeners(count = defaultMaxListeners, ...emitters) {
  if (emitters.length === 0) EventEmitter.defaultMaxListeners = count;
  for (const emitter of emitters) emitter.setMaxListeners?.(count);
}

export function addAbortListener(signal, listener) {
  if (signal.aborted) queueMicrotask(() => listener());
  else signal.addEventListener("abort", listener, { once: true });
  return { [Symbol.dispose]: () => signal.removeEventListener("abort", listener) };
}

/** Listens, and gives what ends it. */
function listenTo(target, name, listener) {
  if (typeof target.on === "function") {
    target.on(name, listener);
    return () => target.removeListener(name, listener);
  }
  if (typeof target.addEventListener !== "function") {
    throw invalidType("emitter", "an instance of EventEmitter", target);
  }
  target.addEventListener(name, listener);
  return () => target.removeEventListener(name, listener);
}

Object.assign(EventEmitter, {
  ...{ EventEmitter, errorMonitor, captureRejectionSymbol, captureRejections, usingDomains },
  ...{ once, on, getEventListeners, listenerCount, getMaxListeners, setMaxListeners },
  addAbortListener,
});

export { EventEmitter, EventEmitter as default };
