// Lobby, routed by hono: every address of the site, and who answers it.
import { Hono } from "hono";
import { serveStatic, websocket } from "hono/bun";
import { cataloguePage, goodPage } from "./catalogue.js";
import { line, roomExists } from "./chat.js";
import { fromHere, withToken } from "./forgery.js";
import { notFound } from "./layout.js";
import { notifications } from "./notifications.js";
import { rename } from "./people.js";
import { roomPage } from "./rooms.js";
import "./market.js";
import "./builds.js";

// Most of Lobby knows nothing of hono: it gets what Bun's own router would give it.
const plain = (answer) => (c) =>
  answer({ url: c.req.url, headers: c.req.raw.headers, params: c.req.param() });

const app = new Hono();
app.use(withToken);
app.get("/", plain(roomPage));
app.get("/rooms/:room", plain(roomPage));
app.get("/rooms/:room/line", fromHere, roomExists, line);
app.post("/name", rename);
app.get("/catalogue", plain(cataloguePage));
app.get("/catalogue/:slug", plain(goodPage));
app.get("/notifications", plain(notifications));
for (const file of ["style.css", "rooms.css", "line.js"]) {
  app.get(`/${file}`, serveStatic({ path: file }));
}
app.notFound(plain((req) => notFound(req, "There is no page at this address.")));

export default { fetch: app.fetch, websocket };
