// Topics: who hears what, and what each call answers. Commands come as text, answers go as JSON.
const said = (ws, value) => ws.send(JSON.stringify(value ?? "undefined"));

const commands = {
  subscribe: (ws, topic) => ws.subscribe(topic),
  unsubscribe: (ws, topic) => ws.unsubscribe(topic),
  isSubscribed: (ws, topic) => ws.isSubscribed(topic),
  subscriptions: (ws) => ws.subscriptions,
  publish: (ws, topic, text) => ws.publish(topic, text),
  publishText: (ws, topic, text) => ws.publishText(topic, text),
  publishBinary: (ws, topic, text) => ws.publishBinary(topic, new TextEncoder().encode(text)),
  all: (ws, topic, text) => running.publish(topic, text),
  allBytes: (ws, topic, text) => running.publish(topic, new TextEncoder().encode(text)),
  count: (ws, topic) => running.subscriberCount(topic),
  sent: (ws, text) => ws.send(text),
  sentText: (ws, text) => ws.sendText(text),
  sentBinary: (ws, text) => ws.sendBinary(new TextEncoder().encode(text)),
  sentBuffer: (ws, text) => ws.send(new TextEncoder().encode(text).buffer),
  empty: (ws) => ws.send(""),
  data: (ws) => ws.data,
  state: (ws) => ws.readyState,
  address: (ws) => ws.remoteAddress,
  type: (ws) => ws.binaryType,
  sockets: () => running.pendingWebSockets,
  cork: (ws, text) => ws.cork((corked) => corked.send(text)),
  ping: (ws) => ws.ping(),
  pingText: (ws, text) => ws.ping(text),
  pong: (ws) => ws.pong(),
  pongText: (ws, text) => ws.pong(text),
  buffered: (ws) => ws.getBufferedAmount(),
  change: (ws, key, value) => {
    ws.data[key] = value;
  },
};

let running;

export default {
  routes: {
    "/count/:topic": (req, server) =>
      new Response(String(server.subscriberCount(req.params.topic))),
    "/say/:topic/:text": (req, server) =>
      new Response(String(server.publish(req.params.topic, req.params.text))),
    "/plain": (req, server) => new Response(String(server.upgrade(req))),
    "/late": async (req, server) => {
      await Bun.sleep(5);
      const data = { name: "late" };
      return server.upgrade(req, { data }) ? undefined : new Response("no", { status: 426 });
    },
    "/ignored": (req, server) => {
      const upgraded = server.upgrade(req, { data: { upgraded: true } });
      return new Response(String(upgraded), { status: 418 });
    },
    "/twice": (req, server) => {
      const data = { first: server.upgrade(req, { data: { name: "twice" } }) };
      data.second = server.upgrade(req);
      last = data;
    },
    "/last": () => Response.json(last),
    "/no-data": (req, server) => void server.upgrade(req),
  },
  fetch(req, server) {
    running = server;
    const name = new URL(req.url).searchParams.get("name");
    const headers = { "X-Name": name, "Set-Cookie": "seen=1; Path=/" };
    if (server.upgrade(req, { data: { name }, headers })) return;
    return new Response("no socket", { status: 426 });
  },
  websocket: {
    open(ws) {
      said(ws, ["open", ws.readyState, ws.data ?? "no data"]);
    },
    message(ws, message) {
      if (typeof message !== "string") {
        return said(ws, [message instanceof Uint8Array, message.length, [...message]]);
      }
      const [command, ...rest] = message.split(" ");
      said(ws, [command, commands[command]?.(ws, ...rest) ?? "undefined"]);
    },
    close(ws, code, reason) {
      running?.publish("gone", `${ws.data?.name} left ${code} ${reason} ${ws.subscriptions ?? ""}`);
    },
  },
};

let last = null;
