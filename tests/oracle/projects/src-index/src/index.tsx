// An application as hono's template for Bun lays it out, its files for browsers beside `src`.
import { Hono } from "hono";
import { serveStatic } from "hono/bun";
import { goods } from "./routes/goods";
import { Layout } from "./layout";

const app = new Hono();

app.use("/static/*", serveStatic({ root: "./" }));
app.use("/favicon.svg", serveStatic({ path: "./public/favicon.svg" }));
app.route("/goods", goods);
app.get("/", (c) => c.html(<Layout title="Top">Hello</Layout>));

export default app;
