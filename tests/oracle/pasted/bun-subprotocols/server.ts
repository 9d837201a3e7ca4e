// Rooms with pub/sub; clients choose how they are spoken to: “chat.json” or “chat.text”.
type Data = { name: string; room: string; protocol: string };
type Message = { from: string; text: string; at?: number };

const PROTOCOLS = ["chat.json", "chat.text"];
const history = new Map<string, Message[]>();

const format = (protocol: string, { from, text }: Message) =>
  protocol === "chat.json" ? JSON.stringify({ from, text }) : `${from}: ${text}`;

const server = Bun.serve<Data>({
  fetch(req, server) {
    const url = new URL(req.url);
    const room = url.pathname.slice(1);
    if (!room) return Response.json([...history].map(([room, { length }]) => ({ room, length })));
    const asked = (req.headers.get("sec-websocket-protocol") ?? "")
      .split(",")
      .map((it) => it.trim());
    const protocol = asked.find((it) => PROTOCOLS.includes(it));
    if (!protocol) return new Response("Speak chat.json or chat.text", { status: 400 });
    const upgraded = server.upgrade(req, {
      headers: { "Sec-WebSocket-Protocol": protocol },
      data: { name: url.searchParams.get("name") ?? "somebody", room, protocol },
    });
    return upgraded ? undefined : new Response("This is for WebSockets", { status: 426 });
  },
  websocket: {
    open(ws) {
      const { room, protocol, name } = ws.data;
      ws.subscribe(`${room}/${protocol}`);
      for (const message of history.get(room) ?? []) ws.send(format(protocol, message));
      tell(room, { from: "*", text: `${name} joined, now ${count(room)}` });
    },
    message(ws, raw) {
      const { name, room, protocol } = ws.data;
      let text = String(raw);
      if (protocol === "chat.json") {
        try {
          ({ text } = JSON.parse(text));
        } catch {
          return void ws.close(1007, "that was no JSON");
        }
      }
      const message = { from: name, text };
      history.set(room, [...(history.get(room) ?? []), message].slice(-2));
      tell(room, message);
    },
    close(ws, code, reason) {
      const { room, name } = ws.data;
      tell(room, { from: "*", text: `${name} left (${code}${reason && `, ${reason}`})` });
    },
  },
});

const count = (room: string) =>
  PROTOCOLS.reduce((sum, protocol) => sum + server.subscriberCount(`${room}/${protocol}`), 0);

function tell(room: string, message: Message) {
  for (const protocol of PROTOCOLS)
    server.publish(`${room}/${protocol}`, format(protocol, message));
}
