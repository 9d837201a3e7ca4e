// A hono application that is given to Bun.serve by hand.
import { Hono } from "hono";
import { cors } from "hono/cors";
import { deleteCookie, getCookie, getSignedCookie, setCookie, setSignedCookie } from "hono/cookie";
import { etag } from "hono/etag";

const app = new Hono().basePath("/api");
const secret = "not a secret at all";

app.use(cors({ origin: ["http://a.example"], credentials: true }));
app.get("/visits", (c) => {
  const visits = Number(getCookie(c, "visits") ?? 0) + 1;
  setCookie(c, "visits", String(visits), { path: "/", httpOnly: true, sameSite: "Lax" });
  return c.json({ visits });
});
app.get("/signed", async (c) => {
  const name = await getSignedCookie(c, secret, "name");
  await setSignedCookie(c, "name", "Ada", secret);
  return c.json({ name: name ?? null });
});
app.post("/forget", (c) => {
  deleteCookie(c, "visits");
  return c.redirect("/api/visits", 303);
});
app.get("/cached", etag(), (c) => c.text("the same each time"));

const server = Bun.serve({ fetch: app.fetch, port: 3000 });
console.log(`listening, ${server.development}`);
