// One room over WebSocket: what comes in is JSON, what goes out is HTML.
import { html } from "hono/html";

const REMEMBERED = 50;
const log = [];
let guests = 0;
let server;

export default {
  routes: {
    "/chat": connect,
  },
  fetch() {
    return new Response("There is no page at this address.", { status: 404 });
  },
  websocket: {
    open(ws) {
      ws.subscribe("room");
      ws.send(
        html`<ol id="log" hx-swap-oob="innerHTML">
          ${log}
        </ol>`.toString(),
      );
    },
    message(ws, text) {
      const message = messageIn(text);
      if (message) say(ws.data.name, message);
    },
  },
};

// A page on another site may open a socket to this one, cookies and all: only the origin tells.
function connect(req, running) {
  server = running;
  if (!fromHere(req)) return new Response("Open the chat from its own page.", { status: 403 });
  if (server.upgrade(req, { data: { name: `Guest ${++guests}` } })) return;
  return new Response("This address speaks WebSocket only.", { status: 426 });
}

function fromHere(req) {
  const origin = req.headers.get("Origin");
  return origin !== null && URL.canParse(origin) && new URL(origin).host === new URL(req.url).host;
}

function messageIn(text) {
  try {
    const { message } = Object(JSON.parse(text));
    return typeof message === "string" ? message.trim().slice(0, 500) : "";
  } catch {
    return "";
  }
}

function say(name, message) {
  const line = html`<li><b>${name}</b> ${message}</li>`;
  log.push(line);
  if (log.length > REMEMBERED) log.shift();
  server.publish(
    "room",
    html`<ol id="log" hx-swap-oob="beforeend">
      ${line}
    </ol>`.toString(),
  );
}
