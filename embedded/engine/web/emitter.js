import { SafeMap } from "./safe.js";

/** What `process` has of Node's EventEmitter; the whole of it is `node:events`. */
export class Emitter {
  #listeners = new SafeMap();

  on(name, listener) {
    return this.#add(name, listener, false);
  }
  once(name, listener) {
    return this.#add(name, listener, true);
  }
  off(name, listener) {
    const all = this.#listeners.get(name) ?? [];
    const at = all.findLastIndex((each) => each.listener === listener);
    if (at >= 0) this.#listeners.set(name, all.toSpliced(at, 1));
    return this;
  }
  removeAllListeners(name) {
    if (name === undefined) this.#listeners.clear();
    else this.#listeners.delete(name);
    return this;
  }
  emit(name, ...values) {
    const all = this.#listeners.get(name) ?? [];
    for (const { listener, isOnce } of all) {
      if (isOnce) this.off(name, listener);
      listener.apply(this, values);
    }
    return all.length > 0;
  }
  listeners(name) {
    return (this.#listeners.get(name) ?? []).map(({ listener }) => listener);
  }
  listenerCount(name) {
    return this.listeners(name).length;
  }
  eventNames() {
    return [...this.#listeners.keys()].filter((name) => this.listenerCount(name) > 0);
  }
  addListener(name, listener) {
    return this.on(name, listener);
  }
  removeListener(name, listener) {
    return this.off(name, listener);
  }
  prependListener(name, listener) {
    return this.#add(name, listener, false, true);
  }
  rawListeners(name) {
    return this.listeners(name);
  }
  setMaxListeners() {
    return this;
  }
  getMaxListeners() {
    return 10;
  }

  #add(name, listener, isOnce, first = false) {
    const all = this.#listeners.get(name) ?? [];
    const own = { listener, isOnce };
    this.#listeners.set(name, first ? [own, ...all] : [...all, own]);
    return this;
  }
}
