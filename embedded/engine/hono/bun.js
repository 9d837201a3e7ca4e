// hono/bun for a sandbox: hono's own but for what asks for Node's file system. Stands as
// `hono/bun.js` beside hono's own modules, which it imports from there.

import { serveStatic as serve } from "./middleware/serve-static/index.js";

export { getConnInfo } from "./adapter/bun/conninfo.js";
export { getBunServer } from "./adapter/bun/server.js";
export { createBunWebSocket, upgradeWebSocket, websocket } from "./adapter/bun/websocket.js";

/** Serves the project's files; `server.js` is no page, as everywhere in a sandbox. */
export const serveStatic = (options = {}) =>
  serve({
    ...options,
    async getContent(path) {
      const file = Bun.file(path);
      const isPage = !/^(\.?\/)*server\.js$/.test(path);
      return isPage && (await file.exists()) ? file : null;
    },
    isDir: (path) => /^(\.?\/)*$/.test(path),
  });
