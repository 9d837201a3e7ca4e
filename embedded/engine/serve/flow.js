import { app } from "./app.js";
import { clearTimeout, console, Promise, run, SafeMap, setTimeout, web } from "./host.js";
import { leave } from "./waiting.js";
import { wireOf } from "./wire.js";

/** How many bytes may be on their way to a client that has not taken them. */
const WINDOW = 256 * 1024;

/** Bodies under way, by the number of their request. */
const flows = new SafeMap();

/** The engine: the client has taken so many bytes. */
export const taken = (id, bytes) => flows.get(id)?.taken(bytes);

/** One streamed body: never more under way than the client takes, and never silent for too long. */
export class Flow {
  ended = false;
  reader;
  #exchange;
  #untaken = 0;
  #wake = null;
  #idle = null;

  constructor(exchange, reader) {
    this.#exchange = exchange;
    this.reader = reader;
    flows.set(exchange.id, this);
    this.#watch();
  }

  get isFull() {
    return this.#untaken >= WINDOW;
  }

  /** Resolves when there is room again, or nobody wants any more. */
  room() {
    return new Promise((resolve) => (this.#wake = resolve));
  }

  send(bytes) {
    this.#untaken += bytes.length;
    wireOf(this.#exchange.id).chunk(this.#exchange.id, bytes);
    this.#watch();
  }

  taken(bytes) {
    this.#untaken = Math.max(0, this.#untaken - bytes);
    if (!this.isFull) this.#wake?.();
  }

  /** The client is gone: the learner's stream is told. */
  cancel(reason) {
    if (this.ended) return;
    this.end();
    if (this.reader) leave(this.reader, reason, run.uncaught);
    this.#wake?.();
  }

  end() {
    this.ended = true;
    clearTimeout(this.#idle);
    flows.delete(this.#exchange.id);
  }

  /** Bun cuts what is silent for `idleTimeout` seconds; a page then reconnects, or stays silent. */
  #watch() {
    const seconds = this.#exchange.idleTimeout ?? app.idleTimeout;
    clearTimeout(this.#idle);
    if (!this.reader || !(seconds > 0)) return;
    this.#idle = setTimeout(() => {
      console.warn(
        `A stream was silent for ${seconds} s (idleTimeout) and was cut; send something now and ` +
          "then, such as the comment “:\\n\\n”, or call server.timeout(req, 0)",
      );
      wireOf(this.#exchange.id).end(this.#exchange.id, true);
      web.abort(this.#exchange);
      this.cancel();
    }, seconds * 1000);
  }

  /** Begins the time of silence anew, after it was changed. */
  restart() {
    this.#watch();
  }
}
