// Whether an address leads to this server. A sandbox reaches no other machine, and nothing else listens on its own.

import { app } from "../app.js";
import { server } from "../server.js";

const THIS_MACHINE = ["localhost", "127.0.0.1", "[::1]", "0.0.0.0"];

/** What Bun listens on where it is told no port; pasted code may count on it. */
const USUAL_PORT = 3000;

/** Why nothing answers at a URL; undefined where this server does. */
export function refusal(url) {
  if (!isOwn(url)) {
    return isHere(url)
      ? `nothing but this server listens on this machine, and it is at ${server.url.href}`
      : `a sandbox reaches no other machine, only this server itself, at ${server.url.href}; write what you need into a file of the project, or into a route`;
  }
  if (app.isStopped) return "server.stop() was called, so nothing answers any more";
  return app.isOpen ? undefined : "the server does not listen yet: it does once its file is loaded";
}

const isHere = ({ hostname }) => THIS_MACHINE.includes(hostname);

/** By the sandbox's own address, or by this machine's name and the port that the server has or has asked for. */
function isOwn(url) {
  if (url.host === server.url.host) return true;
  const port = Number(url.port || 80);
  const asked = Number(app.definition.port ?? USUAL_PORT);
  return isHere(url) && (port === server.port || port === asked);
}
