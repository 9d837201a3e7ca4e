// new WebSocket to the server itself: frames, closing, subprotocols, topics, and what is refused.

const server = Bun.serve({
  fetch(req, server) {
    const { pathname } = new URL(req.url);
    if (pathname.startsWith("/try/")) return story(tries[pathname.slice("/try/".length)]);
    if (pathname === "/forbidden") return new Response("no", { status: 403 });
    const { headers } = req;
    const seen = [
      "upgrade",
      "connection",
      "sec-websocket-version",
      "cookie",
      "sec-websocket-protocol",
    ];
    const data = { pathname, seen: seen.map((name) => headers.get(name)) };
    if (server.upgrade(req, { data })) return;
    return new Response("a page");
  },
  websocket: {
    open(ws) {
      ws.subscribe("all");
      if (ws.data.pathname === "/seen") ws.send(JSON.stringify(ws.data.seen));
      if (ws.data.pathname === "/bye") ws.close(4001, "bye");
      if (ws.data.pathname === "/cut") ws.terminate();
    },
    message(ws, message) {
      heard.push(typeof message === "string" ? message : `${message.constructor.name} ${message}`);
      if (message === "all") server.publish("all", "to all");
      else if (message === "others") ws.publish("all", "to the others");
      else if (message === "bye") ws.close(4002, "from the server");
      else ws.send(message);
    },
    close: (ws, code, reason) => void heard.push(`closed ${code} ${reason}`),
  },
});
const address = server.url.href.replace("http", "ws");
let heard = [];

/** What happens at one client, up to its end. */
function watched(make, act = () => {}) {
  const seen = [];
  return new Promise((resolve) => {
    let ws;
    try {
      ws = make();
    } catch (error) {
      return resolve([error.name, error.message]);
    }
    seen.push([ws.readyState, ws.protocol, ws.extensions, ws.binaryType, ws.bufferedAmount]);
    ws.onopen = (event) => {
      seen.push([event.type, event.constructor.name, ws.readyState, ws.protocol]);
      act(ws);
    };
    ws.addEventListener("message", (event) => {
      const { data, origin } = event;
      const text = data instanceof ArrayBuffer ? `buffer of ${data.byteLength}` : String(data);
      seen.push([
        event.constructor.name,
        data.constructor.name,
        text,
        origin === address.slice(0, -1),
      ]);
      act(ws, data);
    });
    ws.onerror = (event) =>
      seen.push([event.constructor.name, event.message.replace(address, "/")]);
    ws.onclose = ({ code, reason, wasClean }) => {
      seen.push(["close", code, reason, wasClean, ws.readyState]);
      resolve(seen);
    };
  });
}

async function story(act) {
  heard = [];
  const seen = await act();
  await Bun.sleep(50);
  return Response.json({ seen, heard });
}

const open = (path = "echo", options = undefined) => new WebSocket(`${address}${path}`, options);
const failed = (act) => {
  try {
    return act();
  } catch (error) {
    return [error.name, error.message];
  }
};

const tries = {
  echo: () =>
    watched(open, (ws, data) => {
      if (data === undefined) return [1, 2, 3].forEach((each) => ws.send(`${each}`));
      if (data === "3") ws.close();
    }),
  bytes: () =>
    watched(open, (ws, data) => {
      if (data === undefined) ws.send(new Uint8Array([104, 105]));
      else ws.close(1000, "done");
    }),
  buffers: () =>
    watched(
      () => Object.assign(open(), { binaryType: "arraybuffer" }),
      (ws, data) => {
        if (data === undefined) ws.send(new Uint8Array([104, 105, 106]).subarray(1).slice().buffer);
        else ws.close(4000);
      },
    ),
  kept: () =>
    watched(open, (ws, data) => {
      if (data === undefined) {
        const bytes = new Uint8Array([65]);
        ws.send(bytes);
        bytes[0] = 66;
      } else ws.close();
    }),
  seen: () =>
    watched(
      () => open("seen", { headers: { cookie: "a=1" }, protocols: ["chat.v1", "chat.v2"] }),
      (ws, data) => data && ws.close(),
    ),
  one: () =>
    watched(
      () => open("seen", "only"),
      (ws, data) => data && ws.close(),
    ),
  bye: () => watched(() => open("bye")),
  cut: () => watched(() => open("cut")),
  terminate: () => watched(open, (ws) => ws.terminate()),
  /** Both sides close at once, and what comes after is not heard. */
  crossed: () =>
    watched(open, (ws) => {
      ws.send("bye");
      ws.close(4001, "from the client");
      ws.close(4003);
      ws.send("after");
    }),
  unheard: () =>
    watched(open, (ws) => {
      ws.send("1");
      ws.close(4001);
    }),
  ended: () =>
    watched(open, (ws) => {
      ws.send("1");
      ws.terminate();
      ws.close();
    }),
  /** Closed from within what is called when the other side closes. */
  again: () =>
    watched(() => {
      const ws = open("bye");
      ws.addEventListener("close", () => ws.close(4001));
      return ws;
    }),
  forbidden: () => watched(() => open("forbidden")),
  refused: () => watched(() => new WebSocket("ws://127.0.0.1:1/")),
  early: () =>
    watched(() => {
      const ws = open();
      heard.push(failed(() => ws.send("x")));
      ws.close();
      return ws;
    }),
  codes: () =>
    watched(open, (ws) => {
      for (const code of [999, 1005, 1006, 2000, 5000, "x"])
        heard.push(failed(() => ws.close(code)));
      heard.push(failed(() => ws.close(1000, "x".repeat(124))));
      ws.close(3000, "å".repeat(61));
    }),
  nonsense: () => watched(() => new WebSocket("nonsense")),
  scheme: () => watched(() => new WebSocket("ftp://localhost/")),
  fragment: () => watched(() => new WebSocket("ws://localhost/#a")),
  none: () => watched(() => new WebSocket()),
  double: () => watched(() => open("", ["a", "a"])),
  async topics() {
    const seen = [];
    // Who of several hears first is Bun's own matter.
    const heardByAll = async (count) => {
      await Bun.sleep(100);
      seen.push(...seen.splice(count).sort());
      return seen.length;
    };
    const rooms = await Promise.all(
      ["a", "b", "c"].map(
        (name) =>
          new Promise((resolve) => {
            const ws = open();
            ws.onopen = () => resolve(ws);
            ws.onmessage = ({ data }) => seen.push(`${name} ${data}`);
          }),
      ),
    );
    seen.push(server.subscriberCount("all"));
    rooms[0].send("all");
    const first = await heardByAll(1);
    rooms[1].send("others");
    const second = await heardByAll(first);
    seen.push(server.publish("all", "from the server"));
    await heardByAll(second + 1);
    for (const ws of rooms) ws.close();
    await Bun.sleep(100);
    seen.push(server.subscriberCount("all"), server.publish("all", "to nobody"));
    return seen;
  },
  constants: () => {
    const { CONNECTING, OPEN, CLOSING, CLOSED } = WebSocket;
    const tag = Object.prototype.toString.call(WebSocket.prototype);
    return [CONNECTING, OPEN, CLOSING, CLOSED, WebSocket.prototype.OPEN, WebSocket.length, tag];
  },
};
