// Chat: messages are posted, which answers whether they have arrived, and go out by a WebSocket.
import { html } from "hono/html";
import { fromHere, hasToken } from "./forgery.js";
import { nameOf, visitor } from "./people.js";
import { bookmark, remember, room, since } from "./rooms.js";

export function connect(req, server) {
  const id = req.params.room;
  if (!room(id)) return new Response("There is no room of this name.", { status: 404 });
  if (!fromHere(req)) return new Response("Open the chat from Lobby itself.", { status: 403 });
  if (server.upgrade(req, { data: { id } })) return;
  return new Response("This address speaks WebSocket only.", { status: 426 });
}

export const chat = {
  // The page first says how much it has, as soon as the line is open.
  open() {},
  message(ws, text) {
    const { after } = valuesOf(text);
    if (typeof after === "string") catchUp(ws, after);
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

export async function say(req, server) {
  const here = room(req.params.room);
  if (!here) return new Response("There is no room of this name.", { status: 404 });
  const { guest, token } = visitor(req);
  if (!hasToken(req, token)) return new Response("Send this from Lobby itself.", { status: 403 });
  const message = String((await req.formData()).get("message") ?? "").trim();
  if (!message) return new Response("Say something.", { status: 422 });
  const line = remember(here, nameOf(guest), message.slice(0, 500));
  server.publish(req.params.room, added(here, [line]));
  return new Response(null, { status: 204 });
}

// New lines for the end of the log, and the bookmark behind them.
function added(room, lines) {
  const markup = lines.map((line) => line.markup);
  return html`<ol id="log" hx-swap-oob="beforeend">${markup}</ol>${bookmark(room)}`.toString();
}
