// hono/bun for a sandbox: hono's own but for what asks for Node's file system. Stands as
// `hono/bun.js` beside hono's own modules, which it imports from there.

import { serveStatic as serve } from "./middleware/serve-static/index.js";

export { getConnInfo } from "./adapter/bun/conninfo.js";
export { getBunServer } from "./adapter/bun/server.js";
export { createBunWebSocket, upgradeWebSocket, websocket } from "./adapter/bun/websocket.js";

const { projectFiles } = globalThis.__web;

/** What a server's own file is called; it is no page, as everywhere in a sandbox. */
const SERVER = /^(\.?\/)*(server\.(m?[jt]s|[jt]sx)|(src\/)?index\.tsx?)$/;

/** Serves the project's files. */
export const serveStatic = (options = {}) =>
  serve({
    ...options,
    async getContent(path) {
      const file = Bun.file(path);
      const isPage = !SERVER.test(path);
      return isPage && (await file.exists()) ? file : null;
    },
    isDir: isFolder,
  });

/** Whether a path is that of the project's folder, or of one with files of it. */
function isFolder(path) {
  const folder = `${path.replace(/^(\.?\/)*/, "").replace(/\/+$/, "")}/`;
  return folder === "/" || [...projectFiles.keys()].some((name) => name.startsWith(folder));
}
