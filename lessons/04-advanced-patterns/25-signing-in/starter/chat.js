// Chat: everybody in one room. Who speaks is known from the cookie of the handshake.
import { html } from "hono/html";
import { fromHere } from "./origin.js";
import { sessionOf } from "./session.js";

const REMEMBERED = 50;
const log = [];
let server;

export function connect(req, running) {
  server = running;
  if (!fromHere(req)) return new Response("Open the chat from Lobby itself.", { status: 403 });
  const session = sessionOf(req);
  if (server.upgrade(req, { data: { session, name: session?.member ?? "A guest" } })) return;
  return new Response("This address speaks WebSocket only.", { status: 426 });
}

export const chat = {
  open(ws) {
    ws.subscribe("lobby");
    ws.send(html`<ol id="log" hx-swap-oob="innerHTML">${log}</ol>`.toString());
    ws.send(html`<p id="here">You speak as ${ws.data.name}.</p>`.toString());
  },
  message(ws, text) {
    const message = messageIn(text);
    if (!message) return;
    const line = html`<li><b>${ws.data.name}</b> ${message}</li>`;
    log.push(line);
    if (log.length > REMEMBERED) log.shift();
    server.publish("lobby", html`<ol id="log" hx-swap-oob="beforeend">${line}</ol>`.toString());
  },
  close(ws) {
    ws.unsubscribe("lobby");
  },
};

/** The chat as it stands in the page. */
export function chatPart() {
  return html`
    <section id="chat" aria-label="Chat" ws-connect="/chat">
      <p id="here">Connecting …</p>
      <div class="scroll" tabindex="0" role="log" aria-label="Messages">
        <ol id="log"></ol>
      </div>
      <form id="say" ws-send hx-on::ws-config-send="this.reset()" autocomplete="off">
        <input name="message" required maxlength="500" aria-label="Message" />
        <button>Send</button>
      </form>
    </section>
  `;
}

/** What stands there for a guest. */
export function invitation() {
  return html`
    <section id="chat" aria-label="Chat">
      <p>Members only. <a href="/sign-in">Sign in to talk.</a></p>
    </section>
  `;
}

/** Ends a socket for good: the extension connects again after a loss, and not after this code. */
export function signOff(ws) {
  ws.send(html`<p id="here">You are signed out.</p>`.toString());
  ws.close(4001, "Signed out");
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
