// Chat: everybody on one line. What comes in is JSON, what goes out is HTML.
import { html, raw } from "hono/html";
import { announce } from "./notifications.js";

const log = [];
let server;
let guests = 0;
let people = 0;

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
    ws.send(html`<ol id="log" hx-swap-oob="innerHTML">${log}</ol>`.toString());
    people += 1;
    sayWhoIsHere();
    announce("notice", html`<li><b>${ws.data.name}</b> picked up the telephone</li>`);
  },
  message(ws, text) {
    const message = messageIn(text);
    if (!message) return;
    const line = raw(`<li><b>${ws.data.name}</b> ${message}</li>`);
    log.push(line);
    if (log.length > 50) log.shift();
    server.publish("lobby", html`<ol id="log" hx-swap-oob="beforeend">${line}</ol>`.toString());
  },
  close(ws) {
    people -= 1;
    sayWhoIsHere();
    announce("notice", html`<li><b>${ws.data.name}</b> hung up</li>`);
  },
};

function sayWhoIsHere() {
  server.publish("lobby", `<p id="here">${people} here</p>`);
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
