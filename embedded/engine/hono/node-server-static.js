// @hono/node-server/serve-static: the project's files, as `hono/bun` serves them.

export { serveStatic } from "./bun.js";
