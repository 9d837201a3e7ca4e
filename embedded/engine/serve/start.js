import { use } from "./app.js";
import { web } from "./host.js";
import { setUrl } from "./server.js";

/** The engine: the project is here and `server.js`, if there is one, is loaded. */
export function start(exports, files, url) {
  for (const [name, text] of Object.entries(files)) web.projectFiles.set(name, text);
  setUrl(url);
  if (exports) use(exports.default);
}
