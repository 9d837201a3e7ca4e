// What a handshake says, what frames carry, and how sockets end.
const log = [];
const noted = (name, ...values) => void log.push([name, ...values]);

const server = Bun.serve({
  routes: {
    "/log": () => Response.json(log.splice(0)),
    "/cookies": (req, server) => {
      req.cookies.set("seen", "1");
      req.cookies.delete("old");
      const headers = { "X-Own": "1", "Set-Cookie": "own=1" };
      if (server.upgrade(req, { headers, data: { name: "cookies" } })) return;
      return new Response("no");
    },
  },
  fetch(req, server) {
    const url = new URL(req.url);
    const header = (name) => req.headers.get(name);
    if (header("upgrade") !== "websocket") return new Response("a page", { status: 404 });
    noted("asked", header("connection").toLowerCase(), header("sec-websocket-protocol"));
    const protocol = url.searchParams.get("protocol");
    const headers = protocol ? { "Sec-WebSocket-Protocol": protocol } : undefined;
    if (server.upgrade(req, { headers, data: { name: url.pathname } })) return;
    return new Response("no", { status: 426 });
  },
  websocket: {
    perMessageDeflate: true,
    open(ws) {
      ws.subscribe("all");
      if (ws.data.name === "/broken") throw new Error("in open");
    },
    message(ws, message) {
      if (typeof message !== "string") return binary(ws, message);
      const [command, ...words] = message.split(" ");
      try {
        const result = commands[command](ws, ...words);
        noted(command, result instanceof Promise ? "a promise" : result);
      } catch (error) {
        noted(command, error.name);
        if (command === "throw") throw error;
      }
    },
    close(ws, code, reason) {
      const heard = ws.publish("all", `${ws.data.name} left`);
      noted("close", code, reason, ws.readyState, heard, ws.isSubscribed("all"));
      if (ws.data.name === "/broken-close") throw new Error("in close");
    },
    error(error, ws) {
      noted("error", error.message, ws.readyState);
    },
  },
});

const commands = {
  blob: (ws) => ws.send(new Blob(["in a ", "blob"])),
  publishBlob: () => server.publish("all", new Blob(["for all"])),
  number: (ws) => ws.send(42),
  named: (ws) => {
    const before = ws.id;
    Object.assign(ws, { id: "ada", name: "Ada", number: 7 });
    return [before ?? "none", ws.id, ws.name, ws.number].join(" ");
  },
  object: (ws) => ws.send({ toString: () => "as text" }),
  nothing: (ws) => ws.send(),
  null: (ws) => ws.send(null),
  view: (ws) => ws.send(new DataView(new ArrayBuffer(2))),
  type: (ws, type) => {
    ws.binaryType = type;
    return ws.binaryType;
  },
  close: (ws, code, ...reason) => ws.close(Number(code), reason.join(" ")),
  closeText: (ws) => ws.close("1000"),
  longReason: (ws) => ws.close(4001, "é".repeat(80)),
  throw: () => {
    throw new Error("in message");
  },
};

function binary(ws, message) {
  const { constructor } = message;
  const text = message instanceof Buffer ? [message.toString(), message.toString("hex")] : [];
  noted("binary", constructor.name, String(message), JSON.stringify(message), ...text);
  ws.send(message);
}
