// Chat: everybody in one room, over connections that come and go.
import { html } from "hono/html";

// The close code for a server that goes away.
const GOODBYE = 1001;
const REMEMBERED = 50;
const log = [];
const sockets = new Set();
let server;
let count = 0;

export function connect(req, running) {
  server = running;
  if (!fromHere(req)) return new Response("Open the chat from Lobby itself.", { status: 403 });
  if (server.upgrade(req)) return;
  return new Response("This address speaks WebSocket only.", { status: 426 });
}

export const chat = {
  open(ws) {
    sockets.add(ws);
    ws.subscribe("lobby");
  },
  message(ws, text) {
    const values = valuesOf(text);
    const message = trimmed(values.message);
    if (message) server.publish("lobby", added([remember(message)]));
    if (values.leave) ws.close(1000, "Goodbye");
  },
  close(ws) {
    sockets.delete(ws);
  },
};

// A drill: what a server does before it is stopped for a new version.
export function deploy(req) {
  if (!fromHere(req)) return new Response("Deploy from Lobby itself.", { status: 403 });
  const closed = sockets.size;
  for (const ws of sockets) ws.close(GOODBYE, "Deploy");
  return new Response(`Connections closed with ${GOODBYE}: ${closed}`);
}

// Messages as one fragment, which adds them to the log.
function added(messages) {
  const lines = messages.map(({ line }) => line);
  return html`<ol id="log" hx-swap-oob="beforeend">${lines}</ol>`.toString();
}

// Each message has a number, one more than the message before it.
function since(number) {
  return log.filter((message) => message.number > number);
}

function remember(text) {
  const number = ++count;
  const message = { number, line: html`<li><small>${number}</small> ${text}</li>` };
  log.push(message);
  if (log.length > REMEMBERED) log.shift();
  return message;
}

// Anybody can send anything: what is not JSON has no values.
function valuesOf(text) {
  try {
    return Object(JSON.parse(text));
  } catch {
    return {};
  }
}

function trimmed(value) {
  return typeof value === "string" ? value.trim().slice(0, 500) : "";
}

// A page on another site may reach this one, cookies and all: only the origin tells.
function fromHere(req) {
  const origin = req.headers.get("Origin");
  return origin !== null && URL.canParse(origin) && new URL(origin).host === new URL(req.url).host;
}
