import { app } from "./app.js";
import { clientOf, finish } from "./exchange.js";
import { console, run, SafeMap, TextDecoder, TextEncoder, web } from "./host.js";
import { payload, TAKEN, WAITS } from "./payload.js";
import { leaveAll, listens, NUMBER, publish, subscribe, topicsOf, unsubscribe } from "./topics.js";
import { wireOf } from "./wire.js";

const OPEN = 1;
const CLOSED = 3;
const NO_CLOSE_FRAME = 1006;
/** The longest reason in a close frame, in bytes. */
const REASON = 123;

/** With so few bytes left, `drain` is called; `hxlab` tells of no smaller rest (sandbox/outbox.rs). */
const DRAINED = 16 * 1024;
/** What `send` answers for a message that is dropped, because too much waits in front of it. */
const DROPPED = 0;

/** Open sockets by their numbers. */
const sockets = new SafeMap();

export const openSockets = () => sockets.size;

/**
 * https://bun.com/docs/api/websockets: one client's socket, as the learner holds it. There may be thousands, so
 * it holds little: who listens to what is in topics.js.
 */
class ServerWebSocket {
  data;
  binaryType = "nodebuffer";
  #id;
  #address;
  #readyState = OPEN;
  /** Bytes sent to this client that are not known to have gone out. */
  #waiting = 0;
  /** Whether `send` has said that messages wait. */
  #full = false;

  constructor(id, address, data) {
    this.#id = id;
    this.#address = address;
    this.data = data;
  }

  get [NUMBER]() {
    return this.#id;
  }
  get readyState() {
    return this.#readyState;
  }
  get remoteAddress() {
    return this.#address;
  }
  get subscriptions() {
    return topicsOf(this);
  }

  send(message) {
    const content = payload(message, "send");
    if (this.#readyState !== OPEN) return 0;
    if (this.#waiting - TAKEN > app.socketTerms.waiting) {
      if (app.websocket?.closeOnBackpressureLimit) this.terminate();
      return DROPPED;
    }
    const bytes = wireOf(this.#id).send(this.#id, content);
    this.#waiting += bytes;
    if (this.#waiting <= TAKEN) return bytes;
    this.#full = true;
    return WAITS;
  }
  sendText(message) {
    return this.send(String(message));
  }
  sendBinary(message) {
    return this.send(message);
  }

  publish(topic, message) {
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
    if (this.#readyState !== OPEN) return false;
    if (listens(this, name)) return true;
    wireOf(this.#id).subscribe(this.#id, name);
    subscribe(this, name);
    return true;
  }
  unsubscribe(topic) {
    const name = String(topic);
    if (!unsubscribe(this, name)) return false;
    wireOf(this.#id).unsubscribe(this.#id, name);
    return true;
  }
  isSubscribed(topic) {
    return listens(this, String(topic));
  }

  ping(message) {
    return this.#beat(message, false);
  }
  pong(message) {
    return this.#beat(message, true);
  }
  #beat(message = "", isPong) {
    if (this.#readyState !== OPEN) return 0;
    const content = payload(message, isPong ? "pong" : "ping");
    const bytes = typeof content === "string" ? new TextEncoder().encode(content) : content;
    wireOf(this.#id).ping(this.#id, bytes, isPong);
    return bytes.length;
  }
  cork(callback) {
    return callback(this);
  }
  getBufferedAmount() {
    return this.#waiting > DRAINED ? this.#waiting : 0;
  }

  close(code = 1000, reason = "") {
    if (typeof code !== "number") {
      throw new TypeError("close requires a numeric code or undefined");
    }
    if (this.#readyState !== OPEN) return;
    const [whole, words] = [Math.trunc(code), shortened(String(reason))];
    if (!isCloseCode(whole)) tellOf(whole);
    wireOf(this.#id).close(this.#id, whole & 0xffff, words);
    leave(this, whole, words);
  }
  terminate() {
    if (this.#readyState !== OPEN) return;
    wireOf(this.#id).terminate(this.#id);
    leave(this, NO_CLOSE_FRAME, "");
  }

  static {
    wentOut = (socket, bytes) => {
      socket.#waiting = Math.max(0, socket.#waiting - bytes);
      if (!socket.#full || socket.#waiting > DRAINED) return;
      socket.#full = false;
      call("drain", socket);
    };
    leave = (socket, code, reason) => {
      socket.#readyState = CLOSED;
      sockets.delete(socket.#id);
      leaveAll(socket);
      call("close", socket, code, reason);
      app.whenOver?.();
    };
  }
}

/** Counts what went out to a client, and tells the learner's `drain`. */
let wentOut;

/** Leaves all topics, then tells the learner's `close`. */
let leave;

/** Answers a handshake; `open` runs before this returns. */
export function openSocket(exchange, fields, data) {
  const { id } = exchange;
  finish(exchange);
  const socket = new ServerWebSocket(id, clientOf(exchange).address, data);
  sockets.set(id, socket);
  const { longest, idle, beats } = app.socketTerms;
  wireOf(id).upgrade(id, fields, longest, idle, beats);
  call("open", socket);
}

/** The engine: a message came. */
export function message(id, content) {
  const socket = sockets.get(id);
  if (!socket) return;
  call("message", socket, typeof content === "string" ? content : binary(socket, content));
}

/** The engine: a ping came, which is answered by now, or a pong. */
export function beat(id, bytes, isPong) {
  const socket = sockets.get(id);
  if (socket) call(isPong ? "pong" : "ping", socket, binary(socket, bytes));
}

/** The engine: a socket is closed, unless the learner closed it first. */
export function closed(id, code, reason) {
  const socket = sockets.get(id);
  if (socket) leave(socket, code, reason);
}

/** The engine: so many bytes that were sent to a client have gone out. */
export function written(id, bytes) {
  const socket = sockets.get(id);
  if (socket) wentOut(socket, bytes);
}

/** Ends all sockets, in order. */
export function closeAll(code, reason) {
  for (const socket of [...sockets.values()]) socket.close(code, reason);
}

/** Bytes in the form that the learner has chosen. */
function binary({ binaryType }, bytes) {
  if (binaryType === "arraybuffer") return bytes.buffer;
  return binaryType === "nodebuffer" ? web.bufferOf(bytes) : bytes;
}

/** Whether a server may close with it (RFC 6455, section 7.4). */
const isCloseCode = (code) =>
  (code >= 1000 && code <= 1014 && ![1004, 1005, 1006].includes(code)) ||
  (code >= 3000 && code <= 4999);

let hasToldOfCodes = false;

function tellOf(code) {
  if (hasToldOfCodes) return;
  hasToldOfCodes = true;
  console.warn(
    `${code} is no code to close a WebSocket with, so browsers report another one, such as 1006; ` +
      "use 1000, or one from 3000 to 4999",
  );
}

/** A reason as it fits into a close frame, without half a character at its end (RFC 6455, section 5.5.1). */
function shortened(reason) {
  const bytes = new TextEncoder().encode(reason);
  if (bytes.length <= REASON) return reason;
  let end = REASON;
  while ((bytes[end] & 0xc0) === 0x80) end -= 1;
  return new TextDecoder().decode(bytes.subarray(0, end));
}

/**
 * Calls one of the learner's functions, without a `this`, as Bun does; false when it threw. What a promise is
 * rejected with is an unhandled rejection, as in Bun, which does not wait for it.
 */
function call(name, socket, ...rest) {
  try {
    const handler = app.websocket?.[name];
    handler?.(socket, ...rest);
    return true;
  } catch (error) {
    // The socket goes first, as in Bun: `close` is called, and then `error`.
    if (name === "open") socket.terminate();
    failed(socket, error);
    return false;
  }
}

/** Tells the learner's `error` of what was thrown. Bun would end where there is none; we tell it. */
function failed(socket, error) {
  try {
    const handler = app.websocket?.error;
    if (typeof handler === "function") handler(error, socket);
    else run.uncaught(error);
  } catch (another) {
    run.uncaught(another);
  }
}
