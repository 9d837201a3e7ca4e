// Chat: rooms over one WebSocket for each browser. Who speaks is decided once, when the line is opened.
import { html } from "hono/html";
import { announce } from "./notifications.js";
import { visitorOf } from "./visitors.js";

const REMEMBERED = 50;
const rooms = new Map(
  ["Lobby", "Tea room", "Games"].map((title) => [
    title.toLowerCase().replace(" ", "-"),
    { title, log: [], people: new Set() },
  ]),
);

let server;
let guests = 0;

// A page on another site may open a socket to this one, cookies and all: only the origin tells.
function fromHere(req) {
  const origin = req.headers.get("Origin");
  return origin !== null && URL.canParse(origin) && new URL(origin).host === new URL(req.url).host;
}

export function connect(req, running) {
  server = running;
  if (!fromHere(req)) return new Response("Open the chat from Lobby itself.", { status: 403 });
  const data = { room: null, name: visitorOf(req).name || `Guest ${++guests}` };
  if (server.upgrade(req, { data })) return;
  return new Response("This address speaks WebSocket only.", { status: 426 });
}

export const chat = {
  // The page sends its room as soon as the line is open, so there is nothing to do yet.
  open() {},
  message(ws, text) {
    const { room, message } = valuesOf(text);
    if (rooms.has(room)) enter(ws, room);
    else if (ws.data.room && trimmed(message, 500)) say(ws, trimmed(message, 500));
  },
  close(ws) {
    leave(ws);
  },
};

function valuesOf(text) {
  try {
    return Object(JSON.parse(text));
  } catch {
    return {};
  }
}

function trimmed(value, length) {
  return typeof value === "string" ? value.trim().slice(0, length) : "";
}

function enter(ws, id) {
  const moved = ws.data.room !== id;
  if (moved) leave(ws);
  ws.data.room = id;
  const room = rooms.get(id);
  room.people.add(ws);
  ws.subscribe(id);
  if (moved) {
    ws.send(html`<ol id="log" hx-swap-oob="innerHTML">${room.log}</ol>`.toString());
    announce("notice", html`<li><b>${ws.data.name}</b> joined ${room.title}</li>`);
  }
  server.publish(id, whoIsHere(room));
}

function leave(ws) {
  const room = rooms.get(ws.data.room);
  if (!room) return;
  room.people.delete(ws);
  ws.unsubscribe(ws.data.room);
  server.publish(ws.data.room, whoIsHere(room));
  ws.data.room = null;
}

function say(ws, message) {
  const room = rooms.get(ws.data.room);
  const line = html`<li><b>${ws.data.name}</b> ${message}</li>`;
  room.log.push(line);
  if (room.log.length > REMEMBERED) room.log.shift();
  server.publish(ws.data.room, html`<ol id="log" hx-swap-oob="beforeend">${line}</ol>`.toString());
}

function whoIsHere({ people }) {
  const names = [...people].map((person) => person.data.name).join(", ");
  return html`<p id="here">${people.size} here: ${names}</p>`.toString();
}
