// @hono/node-server for a sandbox, as far as it means the same as `Bun.serve`. Stands as `hono/node-server.js`
// beside hono's own modules, which it imports from there.

import { upgradeWebSocket, websocket } from "./adapter/bun/websocket.js";

export { upgradeWebSocket };

const { Bun } = globalThis;

/** Opens the server; `listening` hears of its address a moment later, as in Node. */
export function serve({ fetch, port, hostname }, listening) {
  // What Node gives an application besides the request, `incoming` and `outgoing`, is not there.
  const server = Bun.serve({ port, hostname, websocket, fetch: (req, own) => fetch(req, own) });
  if (listening) Promise.resolve(server.address).then(listening);
  return new NodeServer(server);
}

/** What callers do with the server of Node's that `serve` gives. */
class NodeServer {
  listening = true;
  #server;

  constructor(server) {
    this.#server = server;
  }

  address() {
    return this.#server.address;
  }
  close(callback) {
    this.listening = false;
    this.#server.stop().then(() => callback?.());
    return this;
  }
  closeAllConnections() {
    this.#server.stop(true);
  }
  /** Nothing can go wrong later: the address is there already. */
  on() {
    return this;
  }
  once() {
    return this;
  }
  ref() {
    return this;
  }
  unref() {
    return this;
  }
}

export class RequestError extends Error {
  name = "RequestError";
}

const refuse = (name) => () => {
  throw new TypeError(
    `${name} is for Node’s own HTTP server, which a sandbox has not; write serve({ fetch: app.fetch })`,
  );
};
export const createAdaptorServer = refuse("createAdaptorServer");
export const getRequestListener = refuse("getRequestListener");
