// hono's streaming, server-sent events, and sockets by hono/bun.
import { Hono } from "hono";
import { getConnInfo, serveStatic, upgradeWebSocket, websocket } from "hono/bun";
import { stream, streamSSE, streamText } from "hono/streaming";

const app = new Hono();
const events = [];

app.get("/sse", (c) =>
  streamSSE(c, async (sse) => {
    await sse.writeSSE({ event: "price", data: "<p>1\n2", id: "1", retry: 1000 });
    await sse.sleep(5);
    await sse.writeSSE({ data: "last" });
  }),
);
app.get("/sse-throws", (c) =>
  streamSSE(
    c,
    async (sse) => {
      await sse.writeSSE({ data: "first" });
      throw new Error("in the stream");
    },
    async (error, sse) => sse.writeln(`told: ${error.message}`),
  ),
);
app.get("/endless", (c) =>
  streamSSE(c, async (sse) => {
    sse.onAbort(() => events.push("aborted"));
    for (let n = 0; !sse.aborted; n += 1) {
      await sse.writeSSE({ data: String(n) });
      await sse.sleep(10);
    }
    events.push("left");
  }),
);
app.get("/text", (c) =>
  streamText(c, async (out) => {
    await out.write("one");
    await out.writeln(" two");
    await out.sleep(2);
    await out.write("three");
  }),
);
app.get("/pipe", (c) => stream(c, (out) => out.pipe(new Blob(["piped"]).stream())));
app.get("/log", (c) => c.json(events));
app.get("/address", (c) => c.json(Object.keys(getConnInfo(c).remote).sort()));
app.get(
  "/static/*",
  serveStatic({ root: "./", rewriteRequestPath: (path) => path.replace("/static", "") }),
);
app.get("/page", serveStatic({ path: "./page.html" }));

app.get(
  "/ws",
  upgradeWebSocket((c) => {
    const name = c.req.query("name");
    return {
      onOpen: (event, ws) => ws.send(`welcome ${name}`),
      onMessage(event, ws) {
        if (event.data === "close") ws.close(4000, "asked");
        else ws.send(`${name} said ${event.data} ${ws.readyState} ${typeof ws.raw.subscribe}`);
      },
      onClose: (event) => void events.push(`${name} closed ${event.code} ${event.reason}`),
    };
  }),
);
app.get(
  "/ws-or-page",
  upgradeWebSocket(() => ({})),
  (c) => c.text("a page"),
);

export default { fetch: app.fetch, websocket };
