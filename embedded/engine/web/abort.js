import { shown, tag } from "./define.js";
import { DOMException } from "./dom-exception.js";
import { Event } from "./event.js";
import { EventTarget, eventProperty } from "./event-target.js";
import { setTimeout } from "./timers.js";

const KEY = Symbol("AbortSignal");

/** Aborts a signal, as its controller does. */
export let abort;

/** https://dom.spec.whatwg.org/#interface-AbortSignal */
export class AbortSignal extends EventTarget {
  #aborted = false;
  #reason;
  /** Signals made by `any` of which this is one source. */
  #dependents = [];

  constructor(key) {
    if (key !== KEY) throw new TypeError("Illegal constructor; use AbortController");
    super();
  }

  get aborted() {
    return this.#aborted;
  }
  get reason() {
    return this.#reason;
  }
  [shown]() {
    return { aborted: this.#aborted };
  }
  throwIfAborted() {
    if (this.#aborted) throw this.#reason;
  }

  static abort(reason) {
    const signal = new AbortSignal(KEY);
    abort(signal, reason);
    return signal;
  }

  static timeout(milliseconds) {
    const signal = new AbortSignal(KEY);
    const late = () => abort(signal, new DOMException("The operation timed out.", "TimeoutError"));
    setTimeout(late, milliseconds);
    return signal;
  }

  static any(signals) {
    const sources = [...signals];
    const dependent = new AbortSignal(KEY);
    const first = sources.find((signal) => signal.aborted);
    if (first) abort(dependent, first.reason);
    else for (const source of sources) source.#dependents.push(dependent);
    return dependent;
  }

  static {
    abort = (signal, reason) => {
      if (signal.#aborted) return;
      signal.#aborted = true;
      signal.#reason =
        reason === undefined
          ? new DOMException("The operation was aborted.", "AbortError")
          : reason;
      signal.dispatchEvent(new Event("abort"));
      for (const dependent of signal.#dependents) abort(dependent, signal.#reason);
      signal.#dependents = [];
    };
  }
}

/** https://dom.spec.whatwg.org/#interface-abortcontroller */
export class AbortController {
  #signal = new AbortSignal(KEY);

  get signal() {
    return this.#signal;
  }
  abort(reason) {
    abort(this.#signal, reason);
  }
}

eventProperty(AbortSignal, "abort");
tag(AbortSignal, "AbortSignal");
tag(AbortController, "AbortController");
