// hono as for Node: @hono/node-server's serve, with the callback that hears where it listens.
import { serve } from "@hono/node-server";
import { Hono } from "hono";
import { prettyJSON } from "hono/pretty-json";

const app = new Hono();
app.use(prettyJSON());
app.get("/", (c) => c.text("Hello Node.js!"));
app.get("/json", (c) => c.json({ a: [1, 2] }));
app.post("/form", async (c) => c.json(await c.req.parseBody()));
app.get("/headers", (c) => {
  c.header("X-Made-By", "hono");
  return c.html("<p>made</p>", 201);
});

const server = serve(
  { fetch: app.fetch, port: Number(process.env.PORT ?? 3000), hostname: "127.0.0.1" },
  (info) => {
    console.log(`listening on http://127.0.0.1:${info.port}/`);
  },
);

server.on("error", (error) => console.error(error));
process.on?.("SIGINT", () => server.close());
