// Sockets kept in a Set, by hand, as in the days of ws.
const clients = new Set();
const history = [];

const server = Bun.serve({
  fetch(req, server) {
    if (server.upgrade(req)) return;
    return Response.json({ clients: clients.size, history });
  },
  websocket: {
    open(ws) {
      clients.add(ws);
      for (const line of history) ws.send(line);
    },
    message(ws, message) {
      const text = typeof message === "string" ? message : Buffer.from(message).toString("utf8");
      if (text === "!quit") return ws.close(1000, "asked to");
      history.push(text);
      for (const client of clients)
        if (client !== ws && client.readyState === WebSocket_OPEN) client.send(text);
      ws.send(`sent to ${clients.size - 1}`);
    },
    close(ws, code, reason) {
      clients.delete(ws);
      for (const client of clients) client.send(`someone left: ${code} ${reason}`);
    },
  },
});
const WebSocket_OPEN = 1;
console.log("up on", server.port);
