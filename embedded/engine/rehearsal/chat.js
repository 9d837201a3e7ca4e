// The part of the rehearsal that stays connected: a stream of events, and a chat.
import { html } from "hono/html";

const streams = new Set();
const log = new Map();
let guests = 0;
let resting;
let server;

export function events(req) {
  let stream;
  req.signal.addEventListener("abort", () => streams.delete(stream));
  const body = new ReadableStream({
    start(controller) {
      stream = controller;
      streams.add(stream);
      clearTimeout(resting);
      stream.enqueue("retry: 2000\n\n");
    },
    cancel() {
      streams.delete(stream);
      resting = setTimeout(() => log.clear(), 60_000);
    },
  });
  return new Response(body, {
    headers: { "Content-Type": "text/event-stream", "Cache-Control": "no-store" },
  });
}

export function announce(event, markup) {
  const lines = String(markup).split("\n");
  const text = `event: ${event}\n${lines.map((line) => `data: ${line}\n`).join("")}\n`;
  for (const stream of streams) stream.enqueue(text);
}

export function connect(req, running) {
  server = running;
  const origin = req.headers.get("Origin");
  if (!URL.canParse(origin)) return new Response("Open it from here.", { status: 403 });
  if (server.upgrade(req, { data: { name: `Guest ${++guests}` } })) return;
  return new Response("WebSocket only.", { status: 426 });
}

export const chat = {
  open(ws) {
    ws.subscribe("room");
    ws.send(html`<p>You are ${ws.data.name} of ${guests}.</p>`.toString());
    announce("notice", html`<li>${ws.data.name} came</li>`);
  },
  message(ws, text) {
    try {
      const { message } = JSON.parse(text);
      log.set(log.size, message);
      const line = html`<li><b>${ws.data.name}</b> ${message}</li>`;
      server.publish("room", `<ol hx-swap-oob="beforeend">${line}</ol>`);
    } catch (error) {
      ws.send(error.message);
    }
  },
  close(ws) {
    announce("notice", html`<li>${ws.data.name} left</li>`);
  },
};
