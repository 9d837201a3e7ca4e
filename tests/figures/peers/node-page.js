// The project "page" in Node.js, with hono for what Bun's routes do.

import { serve } from "@hono/node-server";
import { Hono } from "hono";
import { page } from "../projects/page/page.js";

const app = new Hono();
app.get("/", (context) => context.html(page(context.req.header("host"))));

serve({ fetch: app.fetch, port: 0, hostname: "127.0.0.1" }, ({ port }) =>
  console.log(`listening on http://127.0.0.1:${port}/`),
);
process.once("SIGTERM", () => process.exit());
