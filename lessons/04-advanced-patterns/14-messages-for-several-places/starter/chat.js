// Chat: one message changes the log, the status line and the table of who has written.
import { html } from "hono/html";

const REMEMBERED = 50;
const log = [];
const talkers = new Map();
let server;
let guests = 0;
let messages = 0;
let last;

export function connect(req, running) {
  server = running;
  if (!fromHere(req)) return new Response("Open the chat from Lobby itself.", { status: 403 });
  const data = { name: `Guest ${++guests}` };
  if (server.upgrade(req, { data })) return;
  return new Response("This address speaks WebSocket only.", { status: 426 });
}

export const chat = {
  open(ws) {
    ws.subscribe("lobby");
    ws.send(fragments("innerHTML", log));
    sayWhoIsHere();
  },
  message(ws, text) {
    const message = messageIn(text);
    if (!message) return;
    const line = remember(ws.data.name, message);
    server.publish("lobby", fragments("beforeend", line));
  },
  close() {
    sayWhoIsHere();
  },
};

// htmx's own way: each element names its place, and hx-swap-oob says how it goes there.
function fragments(how, lines) {
  const parts = [html`<ol id="log" hx-swap-oob="${how}">${lines}</ol>`];
  return parts.join("");
}

export function status() {
  if (messages === 0) return html`Nobody has written yet.`;
  return html`Messages: ${messages}, the last by ${last}`;
}

export function rows() {
  const row = ([name, count]) => html`<tr><td>${name}</td><td>${count}</td></tr>`;
  return html`${[...talkers].map(row)}`;
}

function remember(name, message) {
  const line = html`<li><b>${name}</b> ${message}</li>`;
  log.push(line);
  if (log.length > REMEMBERED) log.shift();
  talkers.set(name, (talkers.get(name) ?? 0) + 1);
  if (talkers.size > REMEMBERED) talkers.delete(talkers.keys().next().value);
  messages += 1;
  last = name;
  return line;
}

function sayWhoIsHere() {
  server.publish("lobby", `<p id="here">${server.subscriberCount("lobby")} here</p>`);
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

// A page on another site may open a socket to this one, cookies and all: only the origin tells.
function fromHere(req) {
  const origin = req.headers.get("Origin");
  return origin !== null && URL.canParse(origin) && new URL(origin).host === new URL(req.url).host;
}
