// hono's chat by hono/bun.
import { Hono } from "hono";
import { upgradeWebSocket, websocket } from "hono/bun";
import { html } from "hono/html";
import { logger } from "hono/logger";

const app = new Hono();
app.use(logger());

const sockets = new Set();
const everybody = (text) => {
  for (const ws of sockets) ws.send(text);
};

app.get("/", (c) =>
  c.html(
    html`<!doctype html><title>Chat</title>
      <p>${sockets.size} here</p>`,
  ),
);
app.get(
  "/ws",
  upgradeWebSocket((c) => {
    const name = c.req.query("name") ?? "nobody";
    return {
      onOpen(event, ws) {
        sockets.add(ws);
        everybody(`${name} joined`);
      },
      onMessage(event) {
        everybody(`${name}: ${event.data}`);
      },
      onClose(_event, ws) {
        for (const one of sockets) if (one.raw === ws.raw) sockets.delete(one);
        everybody(`${name} left`);
      },
    };
  }),
);

export default { fetch: app.fetch, websocket };
