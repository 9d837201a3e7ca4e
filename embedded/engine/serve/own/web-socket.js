// `WebSocket`, a client of this server in the server itself: as Bun's over the network, without one.

import { app } from "../app.js";
import { Blob, CloseEvent, DOMException, ErrorEvent, Event, EventTarget } from "../host.js";
import { MessageEvent, TextEncoder, console, setTimeout, web } from "../host.js";
import { payload } from "../payload.js";
import { beat, closed, message } from "../socket.js";
import { refusal } from "./address.js";
import { checkCode, checkReason, checkedUrl, handshake, protocolsOf } from "./handshake.js";
import { SocketConnection } from "./socket-connection.js";

const [CONNECTING, OPEN, CLOSING, CLOSED] = [0, 1, 2, 3];
const BINARY = ["nodebuffer", "arraybuffer", "blob"];

/** Where there was no close frame; where there was one without a code. */
const [ABNORMAL, NO_CODE, TOO_BIG] = [1006, 1005, 1009];

/** https://websockets.spec.whatwg.org/#the-websocket-interface, with what Bun adds to it. */
export class WebSocket extends EventTarget {
  #url;
  #readyState = CONNECTING;
  #protocol = "";
  #binaryType = "nodebuffer";
  #connection = null;

  constructor(url, options = undefined) {
    super();
    if (arguments.length === 0) throw missing();
    this.#url = checkedUrl(url);
    const protocols = protocolsOf(options);
    const fields = handshake(this.#url, protocols, options?.headers);
    setTimeout(() => this.#connect(fields));
  }

  get url() {
    return this.#url.href;
  }
  get URL() {
    return this.#url.href;
  }
  get readyState() {
    return this.#readyState;
  }
  get protocol() {
    return this.#protocol;
  }
  get extensions() {
    return "";
  }
  get bufferedAmount() {
    return 0;
  }
  get binaryType() {
    return this.#binaryType;
  }
  set binaryType(type) {
    if (BINARY.includes(type)) this.#binaryType = type;
  }

  send(data) {
    if (arguments.length === 0) throw missing();
    if (this.#readyState === CONNECTING) {
      throw new DOMException("The object is in an invalid state.", "InvalidStateError");
    }
    if (this.#readyState !== OPEN) return;
    const content = copied(payload(data, "send"));
    const { id } = this.#connection;
    if (content.length > app.socketTerms.longest) this.#end(TOO_BIG, "", false);
    else this.#connection.later(() => message(id, content));
  }

  close(code, reason = "") {
    const [number, text] = [checkCode(code), checkReason(reason)];
    if (this.#readyState === CONNECTING) {
      this.#readyState = CLOSING;
      this.#connection?.leave();
      setTimeout(() => this.#fail("WebSocket is closed before the connection is established"));
    } else if (this.#readyState === OPEN) {
      this.#readyState = CLOSING;
      this.#connection.later(() => this.#end(number ?? NO_CODE, text, true));
    }
  }
  terminate() {
    if (this.#readyState === CONNECTING) this.close();
    else if (this.#readyState === OPEN) {
      this.#readyState = CLOSING;
      this.#connection.later(() => this.#end(ABNORMAL, "", false));
    }
  }
  ping(data) {
    this.#beat(data, false);
  }
  pong(data) {
    this.#beat(data, true);
  }
  #beat(data = "", isPong) {
    if (this.#readyState !== OPEN) return;
    const content = payload(data, isPong ? "pong" : "ping");
    const bytes = typeof content === "string" ? new TextEncoder().encode(content) : content.slice();
    const { id } = this.#connection;
    this.#connection.later(() => beat(id, bytes, isPong));
  }

  #connect(fields) {
    if (this.#readyState !== CONNECTING) return;
    const reason = refusal(this.#url);
    if (reason !== undefined) {
      console.error(`new WebSocket(${JSON.stringify(this.url)}) cannot work here: ${reason}`);
      return this.#fail("Failed to connect");
    }
    try {
      this.#connection = new SocketConnection({
        opened: (protocol) => this.#open(protocol),
        refused: (status) => this.#fail(`Expected 101 status code: ${status}`),
        heard: (content) => this.#hear(content),
        closed: (code, words) => this.#close(code, words, code !== ABNORMAL),
      });
    } catch (error) {
      return this.#fail(error.message);
    }
    this.#connection.ask({ method: "GET", url: this.#url, fields }, true);
  }

  #open(protocol) {
    if (this.#readyState !== CONNECTING) return;
    this.#readyState = OPEN;
    this.#protocol = protocol;
    this.dispatchEvent(new Event("open"));
  }

  #hear(content) {
    if (this.#readyState !== OPEN) return;
    const data = typeof content === "string" ? content : this.#binary(content);
    this.dispatchEvent(new MessageEvent("message", { data, origin: this.#url.origin }));
  }

  #binary(bytes) {
    if (this.#binaryType === "blob") return new Blob([bytes]);
    return this.#binaryType === "arraybuffer" ? bytes.buffer : web.bufferOf(bytes);
  }

  #fail(reason) {
    if (!this.#leave()) return;
    const text = `WebSocket connection to '${this.url}' failed: ${reason}`;
    this.dispatchEvent(new ErrorEvent("error", { message: text, error: new Error(text) }));
    this.#tellClosed(ABNORMAL, "", false);
  }

  /** Ends both sides from this one, unless the other was first: then its close is on its way. */
  #end(code, reason, wasClean) {
    const { id } = this.#connection;
    if (!this.#connection.over()) return;
    closed(id, code, reason);
    this.#close(code, reason, wasClean);
  }

  #close(code, reason, wasClean) {
    if (this.#leave()) this.#tellClosed(code, reason, wasClean);
  }

  /** Closes this side; whether it was open. */
  #leave() {
    const wasOpen = this.#readyState !== CLOSED;
    this.#readyState = CLOSED;
    this.#connection?.over();
    return wasOpen;
  }

  #tellClosed(code, reason, wasClean) {
    this.dispatchEvent(new CloseEvent("close", { code, reason, wasClean }));
  }
}

for (const type of ["open", "message", "error", "close"]) web.eventProperty(WebSocket, type);
web.tag(WebSocket, "WebSocket");
web.constants(WebSocket, { CONNECTING, OPEN, CLOSING, CLOSED });

const copied = (content) => (typeof content === "string" ? content : content.slice());

const missing = () =>
  Object.assign(new TypeError("Not enough arguments"), { code: "ERR_MISSING_ARGS" });
