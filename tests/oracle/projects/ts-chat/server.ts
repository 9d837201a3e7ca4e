// Rooms over WebSockets, with types for what each socket carries.
import type { ServerWebSocket } from "bun";

type Data = { name: string; room: string; joined: number };
type Incoming = { type: "say"; text: string } | { type: "move"; room: string } | { type: "who" };

const people = new Set<ServerWebSocket<Data>>();
let joins = 0;

function parse(text: string | Buffer): Incoming | null {
  try {
    return JSON.parse(String(text)) as Incoming;
  } catch {
    return null;
  }
}
const tell = (ws: ServerWebSocket<Data>, event: object): number => ws.send(JSON.stringify(event));
const names = (room: string): string[] =>
  [...people].filter((it) => it.data.room === room).map((it) => it.data.name);

export default {
  fetch(req: Request, server: import("bun").Server<Data>): Response | undefined {
    const url = new URL(req.url);
    const data: Data = {
      name: url.searchParams.get("name") ?? "nobody",
      room: url.pathname.slice(1) || "hall",
      joined: ++joins,
    };
    if (server.upgrade(req, { data })) return undefined;
    return new Response(`${data.room}: ${names(data.room).join(", ") || "empty"}`);
  },
  websocket: {
    data: {} as Data,
    open(ws: ServerWebSocket<Data>) {
      people.add(ws);
      ws.subscribe(ws.data.room);
      tell(ws, { welcome: ws.data.name, number: ws.data.joined });
    },
    message(ws: ServerWebSocket<Data>, text: string | Buffer) {
      const event = parse(text);
      switch (event?.type) {
        case "say":
          ws.publish(ws.data.room, `${ws.data.name}: ${event.text}`);
          break;
        case "move":
          ws.unsubscribe(ws.data.room);
          ws.data.room = event.room;
          ws.subscribe(event.room);
          tell(ws, { moved: event.room });
          break;
        case "who":
          tell(ws, { who: names(ws.data.room) });
          break;
        default:
          tell(ws, { error: "What?" } as const);
      }
    },
    close(ws: ServerWebSocket<Data>) {
      people.delete(ws);
    },
  },
};
