import { tag } from "./define.js";
import { DOMException } from "./dom-exception.js";
import { Event, flight } from "./event.js";
import { SafeMap } from "./safe.js";

/** https://dom.spec.whatwg.org/#interface-eventtarget */
export class EventTarget {
  #listeners = new SafeMap();

  addEventListener(type, callback, options) {
    const { once = false, passive = false, signal } = settings(options);
    const capture = captures(options);
    if (callback === null || callback === undefined || signal?.aborted) return;
    if (typeof callback !== "function" && typeof callback !== "object") {
      throw new TypeError("A listener is a function or an object with handleEvent");
    }
    const list = this.#listeners.get(String(type)) ?? [];
    if (list.some((known) => known.callback === callback && known.capture === capture)) return;
    // A new list for each change, so that a dispatch goes on over the one it began with.
    this.#listeners.set(String(type), [...list, { callback, capture, once, passive }]);
    signal?.addEventListener("abort", () => this.removeEventListener(type, callback, options), {
      once: true,
    });
  }

  removeEventListener(type, callback, options) {
    const capture = captures(options);
    const keep = (known) => {
      const kept = known.callback !== callback || known.capture !== capture;
      if (!kept) known.removed = true;
      return kept;
    };
    const list = this.#listeners.get(String(type));
    if (list) this.#listeners.set(String(type), list.filter(keep));
  }

  dispatchEvent(event) {
    if (!(event instanceof Event)) throw new TypeError("dispatchEvent takes an Event");
    const state = event[flight];
    if (state.current) {
      throw new DOMException("The event is already being dispatched", "InvalidStateError");
    }
    state.target = state.current = this;
    for (const listener of this.#listeners.get(event.type) ?? []) {
      if (listener.removed) continue;
      if (listener.once) this.removeEventListener(event.type, listener.callback, listener.capture);
      state.passive = listener.passive;
      call(listener.callback, this, event);
      if (state.stopped) break;
    }
    state.current = null;
    state.passive = state.stopped = false;
    return !event.defaultPrevented;
  }
}

tag(EventTarget, "EventTarget");

/** An `onname` property: one listener that assignment replaces. */
export function eventProperty(Class, type) {
  const current = new WeakMap();
  Object.defineProperty(Class.prototype, `on${type}`, {
    get() {
      return current.get(this) ?? null;
    },
    set(callback) {
      this.removeEventListener(type, current.get(this));
      current.delete(this);
      if (typeof callback !== "function") return;
      current.set(this, callback);
      this.addEventListener(type, callback);
    },
    enumerable: true,
    configurable: true,
  });
}

/** One listener's fault is reported and does not keep the others from hearing. */
function call(callback, target, event) {
  try {
    if (typeof callback === "function") callback.call(target, event);
    else callback.handleEvent(event);
  } catch (error) {
    Promise.reject(error);
  }
}

const settings = (options) => (typeof options === "object" && options !== null ? options : {});
const captures = (options) =>
  typeof options === "object" ? Boolean(options?.capture) : Boolean(options);
