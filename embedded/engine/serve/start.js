import { app } from "./app.js";
import { adopt, serve } from "./door.js";
import { giveFile } from "./files.js";
import { Bun, process, web } from "./host.js";
import { fetch } from "./own/fetch.js";
import { WebSocket } from "./own/web-socket.js";
import { setUrl } from "./server.js";

Object.assign(Bun, { serve, fetch });
web.hidden(globalThis, { fetch, WebSocket });

/** The engine: the project is here; `server`, the name of its file, may read the others as soon as it is loaded. */
export function project(files, url, server) {
  for (const [name, text] of Object.entries(files)) {
    web.projectFiles.set(name, text);
    giveFile(name);
  }
  web.setSavedAt(Date.now());
  web.setServerFile(server);
  if (server) named(`/${server}`);
  const { port, protocol } = setUrl(url);
  Bun.env.PORT = port || (protocol === "https:" ? "443" : "80");
}

/** Bun knows what it was started with by its path. */
function named(path) {
  Bun.main = path;
  for (const argv of [Bun.argv, process.argv]) argv[1] = path;
}

/**
 * The engine: the server's file is loaded, and this is what it exports. Whether there is a server; without one
 * this is called again while timers wait that may start one (`waits`).
 */
export const start = (exports, waits) => adopt(exports.default, waits) || app.isOpen;
