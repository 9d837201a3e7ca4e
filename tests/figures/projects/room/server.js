export default {
  fetch(req, server) {
    if (server.upgrade(req)) return;
    return new Response("A room for WebSockets");
  },
  websocket: {
    open(ws) {
      ws.subscribe("room");
    },
    message(ws, message) {
      ws.publish("room", message);
    },
  },
};
