import { app, use } from "./app.js";
import { clientOf, exchangeOf, isOpen, pending } from "./exchange.js";
import { Request, URL, web } from "./host.js";
import { openSocket, openSockets } from "./socket.js";
import { publish, subscriberCount } from "./topics.js";

let url = new URL("http://localhost/");

/** The sandbox's own address, known when the Run starts. */
export const setUrl = (text) => (url = new URL(text));

/** https://bun.com/docs/api/http: the second argument of `fetch` and of routes. */
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
    return "";
  }
  get development() {
    return true;
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
        "To upgrade a request, add websocket: { message(ws, message) { … } } to the default export",
      );
    }
    openSocket(exchange, web.fieldsOf(headers), data);
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
    const request = input instanceof Request ? input : new Request(new URL(input, url));
    return app.fetch.call(app.definition, request, this);
  }

  reload(definition) {
    use(definition);
    return this;
  }
  async stop() {}
  closeIdleConnections() {}
  ref() {
    return this;
  }
  unref() {
    return this;
  }
}

export const server = new Server();
