import { app, use } from "./app.js";
import { clientOf, endAll, exchangeOf, isOpen, pending } from "./exchange.js";
import { console, Request, URL, web } from "./host.js";
import { closeAll, openSocket, openSockets } from "./socket.js";
import { publish, subscriberCount } from "./topics.js";

let url = new URL("http://localhost/");

/** The sandbox's own address, known when the Run starts. */
export const setUrl = (text) => (url = new URL(text));

/** https://bun.com/docs/api/http: what `Bun.serve` gives, and the second argument of `fetch` and of routes. */
class Server {
  get url() {
    return new URL(url);
  }
  get hostname() {
    return url.hostname;
  }
  get port() {
    return Number(url.port) || (url.protocol === "https:" ? 443 : 80);
  }
  get protocol() {
    return url.protocol.slice(0, -1);
  }
  get address() {
    return { address: this.hostname, family: "IPv4", port: this.port };
  }
  get id() {
    return app.definition.id ?? "";
  }
  get development() {
    return Boolean(app.definition.development ?? true);
  }
  get pendingRequests() {
    return pending();
  }
  get pendingWebSockets() {
    return openSockets();
  }

  /** Makes a WebSocket of a request; false when it did not ask for one. */
  upgrade(request, { headers, data } = {}) {
    const exchange = exchangeOf(request);
    if (!exchange || !isOpen(exchange) || !exchange.upgrade) return false;
    if (!app.websocket) {
      throw new TypeError(
        "To upgrade a request, add websocket: { message(ws, message) { … } } beside fetch",
      );
    }
    openSocket(exchange, handshakeFields(exchange, headers), data);
    return true;
  }

  publish(topic, message) {
    return publish(topic, message, null);
  }
  subscriberCount(topic) {
    return subscriberCount(topic);
  }

  requestIP(request) {
    const exchange = exchangeOf(request);
    if (!exchange) return null;
    const { address, port } = clientOf(exchange);
    return { address, family: address.includes(":") ? "IPv6" : "IPv4", port };
  }

  /** Seconds of silence until a stream is cut; 0 is never. */
  timeout(request, seconds) {
    const exchange = exchangeOf(request);
    if (!exchange) return;
    exchange.idleTimeout = seconds;
    exchange.flow?.restart();
  }

  async fetch(input) {
    if (!app.fetch) throw new Error("fetch() requires the server to have a fetch handler");
    const request = input instanceof Request ? input : new Request(new URL(input, url));
    return app.fetch.call(this, request, this);
  }

  /** What is not given anew stays. */
  reload(definition) {
    const { routes, static: older, fetch, error, websocket, idleTimeout } = app.definition;
    const before = definition.routes ? {} : { routes, static: older };
    const kept = { fetch, error, websocket, idleTimeout };
    use({ ...before, ...kept, ...definition }, "what server.reload is given");
    return this;
  }

  /** Resolves when all that is open has ended; `now` ends it. */
  async stop(now = false) {
    if (!app.isStopped)
      console.info("server.stop() was called: until the next Run nothing answers");
    Object.assign(app, { isOpen: false, isStopped: true });
    if (now) {
      closeAll(1001, "Server closed");
      endAll();
    }
    if (pending() + openSockets() === 0) return;
    await new Promise((resolve) => {
      app.whenOver = () => pending() + openSockets() === 0 && resolve();
    });
  }
  [Symbol.dispose]() {
    this.stop(true);
  }
  closeIdleConnections() {}
  ref() {
    return this;
  }
  unref() {
    return this;
  }
}

Object.defineProperty(Server.prototype, Symbol.toStringTag, { value: "HTTPServer" });

export const server = new Server();

const PROTOCOL = "sec-websocket-protocol";

/** What goes with the 101: the learner's, the cookies that were set, and the first subprotocol asked for. */
function handshakeFields(exchange, headers) {
  const fields = web.fieldsWithCookies(web.fieldsOf(headers), exchange.cookies);
  if (web.fieldValue(fields, PROTOCOL) !== undefined) return fields;
  const [first] = (web.fieldValue(exchange.fields, PROTOCOL) ?? "").split(",");
  return first.trim() ? [...fields, PROTOCOL, first.trim()] : fields;
}
