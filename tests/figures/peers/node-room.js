// One room in Node.js, by ws: what somebody says goes to all others.

import { createServer } from "node:http";
import { WebSocket, WebSocketServer } from "ws";

const server = createServer((_, response) => response.end("A room for WebSockets"));
const room = new WebSocketServer({ server });

room.on("connection", (socket) => {
  socket.on("message", (message, binary) => {
    for (const other of room.clients) {
      if (other !== socket && other.readyState === WebSocket.OPEN) other.send(message, { binary });
    }
  });
});

server.listen(0, "127.0.0.1", () =>
  console.log(`listening on http://127.0.0.1:${server.address().port}/`),
);
