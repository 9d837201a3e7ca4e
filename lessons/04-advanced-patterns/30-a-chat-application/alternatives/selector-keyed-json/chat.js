// Chat: one WebSocket for each open room. What goes out is JSON too: for each selector, its HTML.
import { html } from "hono/html";
import { fromHere } from "./forgery.js";
import { nameOf, visitor } from "./people.js";
import { remember, room, since } from "./rooms.js";

let server;

export function connect(req, running) {
  server = running;
  const id = req.params.room;
  if (!room(id)) return new Response("There is no room of this name.", { status: 404 });
  if (!fromHere(req)) return new Response("Open the chat from Lobby itself.", { status: 403 });
  const after = new URL(req.url).searchParams.get("after") ?? "";
  if (server.upgrade(req, { data: { id, after, guest: visitor(req).guest } })) return;
  return new Response("This address speaks WebSocket only.", { status: 426 });
}

export const chat = {
  // The address of the line says how far the page has read: see selectors.js.
  open(ws) {
    const missed = since(room(ws.data.id), ws.data.after);
    if (missed.length > 0) ws.send(added(missed));
    ws.subscribe(ws.data.id);
  },
  message(ws, text) {
    const { message } = valuesOf(text);
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

function say(ws, message) {
  if (!message) return;
  const line = remember(room(ws.data.id), nameOf(ws.data.guest), message);
  server.publish(ws.data.id, added([line]));
}

function added(lines) {
  return JSON.stringify({ "#log": html`${lines.map((line) => line.markup)}`.toString() });
}
