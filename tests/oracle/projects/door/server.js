// `Bun.serve` as a call, its server used from everywhere, and what it gives.
import { serve } from "bun";

const server = serve({
  port: 3000,
  hostname: "127.0.0.1",
  id: "the-door",
  development: false,
  routes: {
    "/": new Response("a page"),
    "/facts": () => {
      const { port, hostname, protocol, id, development, url } = server;
      return Response.json({
        facts: [typeof port, typeof hostname, protocol, id, development],
        address: url.href === `http://${url.host}/` && Number(url.port) === port,
        waiting: [server.pendingRequests, server.pendingWebSockets],
        text: String(server),
        same: server === last.server,
      });
    },
    "/peer": (req) => Response.json(Object.keys(server.requestIP(req)).sort()),
    "/inner": async () => new Response(`inner: ${await (await server.fetch("/elsewhere")).text()}`),
    "/reload": () => {
      server.reload({ fetch: () => new Response("reloaded") });
      return new Response("done");
    },
    "/second": () => {
      try {
        serve({ port: server.port, fetch: () => new Response("second") });
        return new Response("two servers");
      } catch (error) {
        return new Response(error.constructor.name);
      }
    },
  },
  fetch(req, given) {
    last.server = given;
    const { pathname, searchParams } = new URL(req.url);
    const data = { name: searchParams.get("name") };
    if (pathname === "/chat" && server.upgrade(req, { data })) return;
    return new Response(`nothing at ${pathname}`, { status: 404 });
  },
  websocket: {
    open(ws) {
      ws.subscribe("room");
      server.publish("room", `${ws.data.name} came`);
    },
    message(ws, text) {
      server.publish("room", `${ws.data.name}: ${text}`);
    },
    close(ws) {
      ws.unsubscribe("room");
      const all = server.publish("room", `${ws.data.name} left`);
      const own = ws.publish("room", "by the socket that has closed");
      last.close = [all, own, ws.readyState, ws.isSubscribed("room"), ws.send("late")];
    },
  },
});

const last = { server };
console.log(`Listening on ${server.url}`);
