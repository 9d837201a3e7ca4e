import { app } from "./app.js";
import { finish } from "./exchange.js";
import { run } from "./host.js";
import { payload } from "./payload.js";
import { publish, subscribe, unsubscribe } from "./topics.js";

const OPEN = 1;
const CLOSED = 3;
const NO_CLOSE_FRAME = 1006;

/** Open sockets by their numbers. */
const sockets = new Map();

export const openSockets = () => sockets.size;

/** https://bun.com/docs/api/websockets: one client's socket, as the learner holds it. */
class ServerWebSocket {
  data;
  binaryType = "nodebuffer";
  #id;
  #address;
  #topics = new Set();
  #readyState = OPEN;

  constructor(id, address, data) {
    this.#id = id;
    this.#address = address;
    this.data = data;
  }

  get id() {
    return this.#id;
  }
  get readyState() {
    return this.#readyState;
  }
  get remoteAddress() {
    return this.#address;
  }
  get subscriptions() {
    return [...this.#topics];
  }

  send(message) {
    const content = payload(message, "send");
    return this.#readyState === OPEN ? run.send(this.#id, content) : 0;
  }
  sendText(message) {
    return this.send(String(message));
  }
  sendBinary(message) {
    return this.send(message);
  }

  publish(topic, message) {
    if (this.#readyState !== OPEN) return 0;
    return publish(topic, message, app.websocket?.publishToSelf ? null : this);
  }
  publishText(topic, message) {
    return this.publish(topic, String(message));
  }
  publishBinary(topic, message) {
    return this.publish(topic, message);
  }

  subscribe(topic) {
    const name = String(topic);
    if (this.#readyState !== OPEN || this.#topics.has(name)) return;
    run.subscribe(this.#id, name);
    this.#topics.add(name);
    subscribe(this, name);
  }
  unsubscribe(topic) {
    const name = String(topic);
    if (!this.#topics.delete(name)) return;
    unsubscribe(this, name);
    run.unsubscribe(this.#id, name);
  }
  isSubscribed(topic) {
    return this.#topics.has(String(topic));
  }

  ping() {
    if (this.#readyState !== OPEN) return 0;
    run.ping(this.#id);
    return 1;
  }
  pong() {
    return 0;
  }
  cork(callback) {
    return callback(this);
  }
  getBufferedAmount() {
    return 0;
  }

  close(code = 1000, reason = "") {
    if (this.#readyState !== OPEN) return;
    run.close(this.#id, code, String(reason));
    leave(this, code, String(reason));
  }
  terminate() {
    if (this.#readyState !== OPEN) return;
    run.terminate(this.#id);
    leave(this, NO_CLOSE_FRAME, "");
  }

  static {
    leave = (socket, code, reason) => {
      socket.#readyState = CLOSED;
      sockets.delete(socket.#id);
      for (const topic of socket.#topics) unsubscribe(socket, topic);
      socket.#topics.clear();
      call("close", socket, code, reason);
    };
  }
}

/** Leaves all topics, then tells the learner's `close`. */
let leave;

/** Answers a handshake; `open` runs before this returns. */
export function openSocket(exchange, headers, data) {
  const { id, asked } = exchange;
  finish(exchange);
  const socket = new ServerWebSocket(id, asked.address, data);
  sockets.set(id, socket);
  run.upgrade(id, headers);
  if (!call("open", socket)) socket.terminate();
}

/** The engine: a message came. */
export function message(id, content) {
  const socket = sockets.get(id);
  if (!socket) return;
  const bare = socket.binaryType === "arraybuffer" && typeof content !== "string";
  call("message", socket, bare ? content.buffer : content);
}

/** The engine: a socket is closed, unless the learner closed it first. */
export function closed(id, code, reason) {
  const socket = sockets.get(id);
  if (socket) leave(socket, code, reason);
}

/** The engine: what was sent to a slow client is on its way. */
export function drained(id) {
  const socket = sockets.get(id);
  if (socket) call("drain", socket);
}

/** Calls one of the learner's functions; false when it threw. Bun would end here; we tell it. */
function call(name, socket, ...rest) {
  try {
    const result = app.websocket?.[name]?.(socket, ...rest);
    result?.then?.(undefined, (error) => failed(socket, error));
    return true;
  } catch (error) {
    failed(socket, error);
    return false;
  }
}

function failed(socket, error) {
  try {
    if (typeof app.websocket?.error === "function") app.websocket.error(socket, error);
    else run.uncaught(error);
  } catch (another) {
    run.uncaught(another);
  }
}
