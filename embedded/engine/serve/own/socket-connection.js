import { gone } from "../exchange.js";
import { run, setTimeout, TextEncoder, web } from "../host.js";
import { beat, closed, written } from "../socket.js";
import { OwnConnection } from "./connection.js";

/** How many events happen in one turn: more would take the others' time. */
const IN_A_TURN = 64;

const ABNORMAL = 1006;

/**
 * A socket of the server to itself. What either side does happens to the other a little later, in order, and never
 * within its own call. `client` is told on the asking side: `opened(protocol)`, `refused(status)`, `heard(content)` and
 * `closed(code, reason)`.
 */
export class SocketConnection extends OwnConnection {
  #client;
  #events = [];

  constructor(client) {
    super();
    this.#client = client;
  }

  /** Has something happen after all that was to happen before. */
  later(event) {
    this.#events.push(event);
    if (this.#events.length === 1) setTimeout(() => this.#happen());
  }

  async #happen() {
    for (let count = 0; count < IN_A_TURN && this.#events.length > 0; count += 1) {
      try {
        this.#events[0]();
      } catch (error) {
        run.uncaught(error);
      }
      // What waits for this event goes on before the next one.
      await undefined;
      this.#events.shift();
    }
    if (this.#events.length > 0) setTimeout(() => this.#happen());
  }

  /** The asking side goes away before it has heard that it is open. */
  leave() {
    super.leave();
    closed(this.id, ABNORMAL, "");
  }

  respond(_, status) {
    this.over();
    this.later(() => {
      gone(this.id);
      this.#client.refused(status);
    });
  }
  end() {}
  chunk() {}

  upgrade(_, fields) {
    const protocol = web.fieldValue(fields, "sec-websocket-protocol") ?? "";
    this.later(() => this.#client.opened(protocol));
  }
  send(_, content) {
    const isText = typeof content === "string";
    const data = isText ? content : content.slice();
    const { length } = isText ? new TextEncoder().encode(content) : content;
    this.later(() => {
      this.#client.heard(data);
      written(this.id, length);
    });
    return length;
  }
  /** The asking side answers a ping by itself, as browsers do. */
  ping(_, bytes, isPong) {
    if (!isPong) this.later(() => beat(this.id, bytes.slice(), true));
  }
  close(_, code, reason) {
    this.over();
    this.later(() => this.#client.closed(code, reason));
  }
  terminate() {
    this.close(0, ABNORMAL, "");
  }
}
