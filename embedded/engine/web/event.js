import { now } from "./host.js";
import { constants, shown, tag } from "./define.js";

/** What `EventTarget` changes in an event while it is on its way. */
export const flight = Symbol("flight");

/** https://dom.spec.whatwg.org/#event, without a tree: every event is at its target. */
export class Event {
  #type;
  #init;
  #canceled = false;

  constructor(type, init = {}) {
    if (arguments.length === 0) throw new TypeError("An Event needs a type");
    this.#type = String(type);
    this.#init = init ?? {};
    this[flight] = { target: null, current: null, stopped: false, passive: false };
    Object.defineProperty(this, flight, { enumerable: false });
    this.timeStamp = now();
  }

  get type() {
    return this.#type;
  }
  get bubbles() {
    return Boolean(this.#init.bubbles);
  }
  get cancelable() {
    return Boolean(this.#init.cancelable);
  }
  get composed() {
    return Boolean(this.#init.composed);
  }
  get target() {
    return this[flight].target;
  }
  get srcElement() {
    return this[flight].target;
  }
  get currentTarget() {
    return this[flight].current;
  }
  get eventPhase() {
    return this[flight].current ? Event.AT_TARGET : Event.NONE;
  }
  get isTrusted() {
    return false;
  }
  get defaultPrevented() {
    return this.#canceled;
  }
  get returnValue() {
    return !this.#canceled;
  }

  [shown]() {
    return { type: this.#type };
  }

  preventDefault() {
    if (this.cancelable && !this[flight].passive) this.#canceled = true;
  }
  stopPropagation() {}
  stopImmediatePropagation() {
    this[flight].stopped = true;
  }
  composedPath() {
    return this[flight].current ? [this[flight].current] : [];
  }
}

/** Events that carry more, each by the same name in their `init`. */
const carrying = (fields) =>
  class extends Event {
    #fields;
    constructor(type, init = {}) {
      super(type, init);
      this.#fields = { ...fields };
      for (const name in fields) {
        if (init?.[name] !== undefined) this.#fields[name] = init[name];
      }
    }
    static {
      for (const name in fields) {
        Object.defineProperty(this.prototype, name, {
          get() {
            return this.#fields[name];
          },
          enumerable: true,
          configurable: true,
        });
      }
    }
  };

export class CustomEvent extends carrying({ detail: null }) {}
export class MessageEvent extends carrying({
  data: null,
  origin: "",
  lastEventId: "",
  source: null,
  ports: Object.freeze([]),
}) {}
export class CloseEvent extends carrying({ wasClean: false, code: 0, reason: "" }) {}
export class ErrorEvent extends carrying({
  message: "",
  filename: "",
  lineno: 0,
  colno: 0,
  error: undefined,
}) {}

constants(Event, { NONE: 0, CAPTURING_PHASE: 1, AT_TARGET: 2, BUBBLING_PHASE: 3 });
const classes = { Event, CustomEvent, MessageEvent, CloseEvent, ErrorEvent };
for (const [name, Class] of Object.entries(classes)) tag(Class, name);
