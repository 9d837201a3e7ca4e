// A chat for htmx's ws extension: forms in, HTML out.
import { escapeHTML, serve } from "bun";

const page = `<!doctype html>
<script src="https://unpkg.com/htmx.org@2.0.4"></script>
<script src="https://unpkg.com/htmx-ext-ws@2.0.2"></script>
<div hx-ext="ws" ws-connect="/ws">
  <ul id="messages"></ul>
  <form ws-send><input name="message"></form>
</div>`;

const line = (who, text) =>
  `<ul id="messages" hx-swap-oob="beforeend"><li><b>${escapeHTML(who)}</b> ${escapeHTML(text)}</li></ul>`;
let visitors = 0;

const server = serve({
  development: process.env.NODE_ENV !== "production",
  routes: {
    "/": () => new Response(page, { headers: { "content-type": "text/html; charset=utf-8" } }),
    "/ws": (req, server) => {
      if (server.upgrade(req, { data: { name: `Guest ${++visitors}` } })) return;
      return new Response("Upgrade failed", { status: 426 });
    },
  },
  websocket: {
    idleTimeout: 60,
    perMessageDeflate: true,
    open(ws) {
      ws.subscribe("chat");
    },
    message(ws, raw) {
      const { message, HEADERS } = JSON.parse(raw);
      server.publish("chat", line(ws.data.name, message));
      if (HEADERS) ws.send(`<i id="trigger" hx-swap-oob="true">${HEADERS["HX-Trigger"]}</i>`);
    },
    close(ws, code) {
      ws.publish("chat", line(ws.data.name, `left (${code})`));
    },
  },
});
