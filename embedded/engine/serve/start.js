import { use } from "./app.js";
import { web } from "./host.js";
import { setUrl } from "./server.js";

/** The engine: the project is here; `server.js` may read its files as soon as it is loaded. */
export function project(files, url) {
  for (const [name, text] of Object.entries(files)) web.projectFiles.set(name, text);
  web.setSavedAt(Date.now());
  setUrl(url);
}

/** The engine: `server.js` is loaded, and this is what it exports. */
export const start = (exports) => use(exports.default);
