// Limits of sockets: what may come in, what may wait, and for how long.
let drained = 0;
const sent = [];

export default {
  routes: {
    "/drained": () => Response.json({ drained: drained > 0, sent: [...new Set(sent)] }),
    "/slow": (req, server) => {
      server.timeout(req, 0);
      return Bun.sleep(20).then(() => new Response("slow"));
    },
  },
  fetch(req, server) {
    if (server.upgrade(req)) return;
    return new Response("no socket", { status: 426 });
  },
  websocket: {
    maxPayloadLength: 1000,
    idleTimeout: 120,
    backpressureLimit: 64 * 1024 * 1024,
    message(ws, message) {
      if (message === "flood") {
        const piece = "0123456789".repeat(1000);
        for (let index = 0; index < 3000; index += 1) {
          const answer = ws.send(piece);
          sent.push(answer > 0 ? "sent" : answer);
          if (answer === -1) break;
        }
        return;
      }
      ws.send(String(message.length));
    },
    drain() {
      drained += 1;
    },
  },
};
