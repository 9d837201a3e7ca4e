// @hono/node-server/conninfo: the client's address, as `hono/bun` tells it.

export { getConnInfo } from "./adapter/bun/conninfo.js";
