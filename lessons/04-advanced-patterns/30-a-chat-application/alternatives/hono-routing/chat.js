// Chat: one WebSocket for each open room. What comes in is JSON, what goes out is HTML.
import { upgradeWebSocket } from "hono/bun";
import { html } from "hono/html";
import { nameOf, visitor } from "./people.js";
import { bookmark, remember, room, since } from "./rooms.js";

// Under Bun, hono's `env` is the server, and its `raw` socket is Bun's, which has topics.
export const line = upgradeWebSocket((c) => {
  const id = c.req.param("room");
  const { guest } = visitor(c.req.raw);
  return {
    onMessage({ data }, { raw: ws }) {
      const { after, message } = valuesOf(data);
      if (typeof after === "string") catchUp(ws, id, after);
      if (typeof message !== "string" || !message.trim()) return;
      const said = remember(room(id), nameOf(guest), message.trim().slice(0, 500));
      c.env.publish(id, added(room(id), [said]));
    },
  };
});

export const roomExists = async (c, next) =>
  room(c.req.param("room")) ? next() : c.text("There is no room of this name.", 404);

function valuesOf(text) {
  try {
    return Object(JSON.parse(text));
  } catch {
    return {};
  }
}

// Both in one turn: nothing can be said between what is sent here and what is published from now on.
function catchUp(ws, id, after) {
  const here = room(id);
  const missed = since(here, after);
  if (missed.length > 0) ws.send(added(here, missed));
  ws.subscribe(id);
}

// New lines for the end of the log, and the bookmark behind them.
function added(room, lines) {
  const markup = lines.map((line) => line.markup);
  return html`<ol id="log" hx-swap-oob="beforeend">${markup}</ol>${bookmark(room)}`.toString();
}
