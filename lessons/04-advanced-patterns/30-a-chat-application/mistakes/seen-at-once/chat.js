// Chat: one WebSocket for each open room. What comes in is JSON, what goes out is HTML.
import { html } from "hono/html";
import { fromHere } from "./forgery.js";
import { nameOf, visitor } from "./people.js";
import { bookmark, remember, room, since } from "./rooms.js";

let server;

export function connect(req, running) {
  server = running;
  const id = req.params.room;
  if (!room(id)) return new Response("There is no room of this name.", { status: 404 });
  if (!fromHere(req)) return new Response("Open the chat from Lobby itself.", { status: 403 });
  if (server.upgrade(req, { data: { id, guest: visitor(req).guest } })) return;
  return new Response("This address speaks WebSocket only.", { status: 426 });
}

export const chat = {
  // The page first says how much it has, as soon as the line is open.
  open() {},
  message(ws, text) {
    const { after, message } = valuesOf(text);
    if (typeof after === "string") catchUp(ws, after);
    if (typeof message === "string") say(ws, message.trim().slice(0, 500));
  },
};

function valuesOf(text) {
  try {
    return Object(JSON.parse(text));
  } catch {
    return {};
  }
}

// Both in one turn: nothing can be said between what is sent here and what is published from now on.
function catchUp(ws, after) {
  const here = room(ws.data.id);
  const missed = since(here, after);
  if (missed.length > 0) ws.send(added(here, missed));
  ws.subscribe(ws.data.id);
}

function say(ws, message) {
  if (!message) return;
  const here = room(ws.data.id);
  const line = remember(here, nameOf(ws.data.guest), message);
  ws.publish(ws.data.id, added(here, [line]));
}

// New lines for the end of the log, and the bookmark behind them.
function added(room, lines) {
  const markup = lines.map((line) => line.markup);
  return html`<ol id="log" hx-swap-oob="beforeend">${markup}</ol>${bookmark(room)}`.toString();
}
