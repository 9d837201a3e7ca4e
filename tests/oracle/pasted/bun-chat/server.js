// A chat room: names from the address, who came and who left.
const room = "lobby";
const names = new Set();

const server = Bun.serve({
  port: 3000,
  fetch(req, server) {
    const url = new URL(req.url);
    if (url.pathname === "/chat") {
      if (req.headers.get("upgrade") !== "websocket") {
        return new Response("Expected a WebSocket", { status: 400 });
      }
      const username = url.searchParams.get("name") || "anonymous";
      const success = server.upgrade(req, { data: { username } });
      return success ? undefined : new Response("WebSocket upgrade error", { status: 400 });
    }
    return new Response("Hello! Connect to /chat");
  },
  websocket: {
    open(ws) {
      names.add(ws.data.username);
      ws.subscribe(room);
      server.publish(
        room,
        JSON.stringify({ type: "join", who: ws.data.username, online: [...names] }),
      );
    },
    message(ws, message) {
      server.publish(
        room,
        JSON.stringify({ type: "say", who: ws.data.username, text: message.toString() }),
      );
    },
    close(ws) {
      names.delete(ws.data.username);
      ws.unsubscribe(room);
      server.publish(
        room,
        JSON.stringify({ type: "leave", who: ws.data.username, online: [...names] }),
      );
    },
  },
});

console.log(`Chat listening on ${server.hostname}:${server.port}`);
