// Two lines beside each other: every second the same number goes over a WebSocket and as an event.
import { html } from "hono/html";
import { announce, endStreams, whileSomeoneListens } from "./notifications.js";

const TOPIC = "numbers";
const sockets = new Set();
let server;
let number = 0;

whileSomeoneListens(1000, () => {
  const item = html`<li>${++number}</li>`;
  server?.publish(TOPIC, html`<ol id="by-socket" hx-swap-oob="beforeend">${item}</ol>`.toString());
  announce("number", item);
});

export function connectNumbers(req, running) {
  server = running;
  if (server.upgrade(req, { data: { part: numbers } })) return;
  return new Response("This address speaks WebSocket only.", { status: 426 });
}

const numbers = {
  open(ws) {
    sockets.add(ws);
    ws.subscribe(TOPIC);
  },
  // The page never says anything here: half of the line lies idle.
  message() {},
  close(ws) {
    sockets.delete(ws);
  },
};

/** Ends both lines of every page: the sockets with the code that was chosen, the streams as they end. */
export async function endBoth(req) {
  const code = Number((await req.formData()).get("code"));
  const reason = code === 1012 ? "the server restarts" : "the server is done";
  for (const ws of sockets) ws.close(code === 1012 ? 1012 : 1000, reason);
  endStreams();
  return new Response(null, { status: 204 });
}
