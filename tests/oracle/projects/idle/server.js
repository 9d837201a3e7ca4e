// Clients that say nothing: one that answers pings stays, one that does not is cut off.
const closed = [];

export default {
  routes: { "/closed": () => Response.json(closed) },
  fetch(req, server) {
    const name = new URL(req.url).pathname.slice(1);
    if (server.upgrade(req, { data: { name } })) return;
    return new Response("no socket", { status: 426 });
  },
  websocket: {
    idleTimeout: 8,
    message(ws, message) {
      ws.send(message);
    },
    close(ws, code, reason) {
      closed.push([ws.data.name, code, reason]);
    },
  },
};
