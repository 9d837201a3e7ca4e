// Chat: one WebSocket for each open page. Whoever enters a room gets its whole log, out of band.
import { html } from "hono/html";
import { fromHere } from "./forgery.js";
import { nameOf, visitor } from "./people.js";
import { remember, room } from "./rooms.js";

let server;

export function connect(req, running) {
  server = running;
  if (!fromHere(req)) return new Response("Open the chat from Lobby itself.", { status: 403 });
  if (server.upgrade(req, { data: { id: null, guest: visitor(req).guest } })) return;
  return new Response("This address speaks WebSocket only.", { status: 426 });
}

export const chat = {
  // Every message names its room, the first one of a page too.
  open() {},
  message(ws, text) {
    const { room: id, message } = valuesOf(text);
    if (!room(id)) return leave(ws);
    if (ws.data.id !== id || message === undefined) enter(ws, id);
    if (typeof message === "string" && message.trim()) say(ws, message.trim().slice(0, 500));
  },
};

function valuesOf(text) {
  try {
    return Object(JSON.parse(text));
  } catch {
    return {};
  }
}

// A page that comes back enters anew. Its log is replaced, so nothing can be in it twice.
function enter(ws, id) {
  leave(ws);
  ws.data.id = id;
  const lines = room(id).log.map((line) => line.markup);
  ws.send(html`<ol id="log" hx-swap-oob="innerHTML">${lines}</ol>`.toString());
  ws.subscribe(id);
}

function leave(ws) {
  if (ws.data.id) ws.unsubscribe(ws.data.id);
  ws.data.id = null;
}

function say(ws, message) {
  const { markup } = remember(room(ws.data.id), nameOf(ws.data.guest), message);
  const added = html`<ol id="log" hx-swap-oob="beforeend">${markup}</ol>`;
  server.publish(ws.data.id, added.toString());
}
