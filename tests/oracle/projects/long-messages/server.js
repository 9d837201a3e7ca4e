// Long messages to clients: what calls answer, and what arrives. Those of 2 to 8 MiB depend on the kernel.
const KIB = 1024;
const MIB = 1024 * KIB;
const answers = [];
let drained = false;

const text = (length) => "0123456789abcdef".repeat(length / 16);
const bytes = (length) => new Uint8Array(length).fill(7);

const server = Bun.serve({
  routes: {
    "/answers": () => Response.json(answers.splice(0)),
    "/drained": () => Response.json(drained),
  },
  fetch: (req, server) => (server.upgrade(req) ? undefined : new Response("?", { status: 426 })),
  websocket: {
    open(ws) {
      ws.subscribe("room");
    },
    message(ws, message) {
      const [what, length] = String(message).split(" ");
      if (what === "text") answers.push(ws.send(text(length * KIB)));
      if (what === "bytes") answers.push(ws.send(bytes(length * KIB)));
      if (what === "words") answers.push(ws.send("aé€🫐".repeat(length)));
      if (what === "publish") answers.push(server.publish("room", text(length * KIB)));
      if (what === "others") answers.push(ws.publish("room", text(length * KIB)));
      if (what === "flood") {
        // Each is dropped for which more than 16 MiB wait.
        for (let index = 0; index < 7; index += 1) answers.push(ws.send(bytes(8 * MIB)));
      }
      ws.send("after " + message);
    },
    drain: () => void (drained = true),
  },
});
