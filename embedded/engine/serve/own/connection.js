import { begin, gone } from "../exchange.js";
import { setTimeout, web } from "../host.js";
import { ownConnections } from "../wire.js";
import { isFull, placeFreed, tooMany } from "./places.js";

const SECURE = ["https:", "wss:"];

let last = 0;

/**
 * One request of the server to itself, and the socket that it becomes: what `hxlab` is to those from outside. It
 * comes in a turn of its own, so that a server which asks itself for ever does not hold up the others.
 */
export class OwnConnection {
  id;

  constructor() {
    if (isFull()) throw tooMany();
    last -= 1;
    this.id = last;
    ownConnections.set(this.id, this);
  }

  /** Sends it; `url` is a URL, and the host that the fields name is what the server sees. */
  ask({ method, url, fields, body = null }, upgrade = false) {
    const { id } = this;
    const { pathname, search } = url;
    const host = web.fieldValue(fields, "host");
    const seen = `${SECURE.includes(url.protocol) ? "https" : "http"}://${host}${pathname}${search}`;
    const client = `127.0.0.1:${50_000 + (-id % 10_000)}`;
    setTimeout(() => {
      if (ownConnections.has(id)) {
        begin({ id, method, url: seen, fields, body, client, upgrade }, pathname);
      }
    });
  }

  /** The asking side goes away. */
  leave() {
    if (this.over()) gone(this.id);
  }

  /** Nothing more comes or goes; whether it was open. */
  over() {
    const wasOpen = ownConnections.delete(this.id);
    if (wasOpen) placeFreed();
    return wasOpen;
  }

  subscribe() {}
  unsubscribe() {}
}
