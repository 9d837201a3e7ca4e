// Pings and pongs: what the server hears of them, and the usual heartbeat, which cuts off who does not answer.
const log = [];
const clients = new Set();

Bun.serve({
  routes: {
    "/log": () => Response.json(log.splice(0)),
    // The usual heartbeat, one beat at a time.
    "/beat": () => {
      for (const ws of clients) {
        if (!ws.data.isAlive) ws.terminate();
        else {
          ws.data.isAlive = false;
          ws.ping("are you there");
        }
      }
      return new Response(`${clients.size} alive`);
    },
    "/own": async (req, server) => {
      const socket = new WebSocket(new URL("/itself", server.url));
      await new Promise((resolve) => socket.addEventListener("open", resolve));
      socket.ping("from itself");
      socket.pong();
      const heard = new Promise((resolve) => socket.addEventListener("message", resolve));
      socket.send("ping me");
      await heard;
      socket.send("echo");
      await new Promise((resolve) => socket.addEventListener("message", resolve));
      socket.close();
      return new Response("done");
    },
  },
  fetch(req, server) {
    const { pathname, searchParams } = new URL(req.url);
    const data = { name: pathname, type: searchParams.get("type"), isAlive: true };
    if (server.upgrade(req, { data })) return;
    return new Response("a page", { status: 404 });
  },
  websocket: {
    open(ws) {
      clients.add(ws);
      if (ws.data.type) ws.binaryType = ws.data.type;
    },
    message(ws, message) {
      log.push([ws.data.name, "message", message]);
      if (message === "ping me") ws.ping(new Uint8Array([1, 2]));
      ws.send("heard");
    },
    ping(ws, data) {
      log.push([ws.data.name, "ping", data.constructor.name, String(data)]);
      if (String(data) === "broken") throw new Error("in ping");
    },
    pong(ws, data) {
      log.push([ws.data.name, "pong", data.constructor.name, String(data)]);
      ws.data.isAlive = true;
    },
    close(ws, code) {
      clients.delete(ws);
      log.push([ws.data.name, "close", code]);
    },
    error(error, ws) {
      log.push([ws.data.name, "error", error.message]);
    },
  },
});
