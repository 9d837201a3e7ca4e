import { run, SafeMap } from "./host.js";

/** What the server asks of itself: connections by their numbers, which are below zero. See own/. */
export const ownConnections = new SafeMap();

/** Where it goes what a request or a socket comes to: to `hxlab`, or back into this server. */
export const wireOf = (id) => (id < 0 ? (ownConnections.get(id) ?? NOBODY) : run);

const ignore = () => 0;

/** A connection of one's own that is over. */
const NOBODY = {
  ...{ respond: ignore, chunk: ignore, end: ignore, upgrade: ignore },
  ...{ send: ignore, ping: ignore, close: ignore, terminate: ignore },
  ...{ subscribe: ignore, unsubscribe: ignore },
};
