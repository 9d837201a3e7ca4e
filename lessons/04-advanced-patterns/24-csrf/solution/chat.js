// Chat: everybody on one line. Who speaks is known from the cookie of the handshake.
import { html } from "hono/html";
import { sessionOf } from "./session.js";

const log = [];
let server;

export function connect(req, running) {
  server = running;
  if (!fromHere(req)) return new Response("Open the chat from Lobby itself.", { status: 403 });
  const name = sessionOf(req)?.member ?? "A guest";
  if (server.upgrade(req, { data: { name } })) return;
  return new Response("This address speaks WebSocket only.", { status: 426 });
}

export const chat = {
  open(ws) {
    ws.subscribe("lobby");
    ws.send(html`<ol id="log" hx-swap-oob="innerHTML">${log}</ol>`.toString());
    ws.send(html`<p id="here">You speak as ${ws.data.name}.</p>`.toString());
  },
  message(ws, text) {
    const message = messageIn(text);
    if (!message) return;
    const line = html`<li><b>${ws.data.name}</b> ${message}</li>`;
    log.push(line);
    if (log.length > 50) log.shift();
    server.publish("lobby", html`<ol id="log" hx-swap-oob="beforeend">${line}</ol>`.toString());
  },
};

// A page at another origin may open a socket to this one, cookies and all: only `Origin` tells.
function fromHere(req) {
  const origin = req.headers.get("Origin");
  return origin !== null && URL.canParse(origin) && new URL(origin).host === new URL(req.url).host;
}

// Anybody can send anything: what is not JSON, or has no text in it, is no message.
function messageIn(text) {
  try {
    const { message } = JSON.parse(text);
    return typeof message === "string" ? message.trim().slice(0, 500) : "";
  } catch {
    return "";
  }
}
