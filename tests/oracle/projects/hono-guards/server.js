// hono's middleware that refuses or changes: csrf, body limit, etag, jwt, and others.
import { Hono } from "hono";
import { basicAuth } from "hono/basic-auth";
import { bearerAuth } from "hono/bearer-auth";
import { bodyLimit } from "hono/body-limit";
import { cache } from "hono/cache";
import { compress } from "hono/compress";
import { cors } from "hono/cors";
import { csrf } from "hono/csrf";
import { etag } from "hono/etag";
import { every, except, some } from "hono/combine";
import { jwt, sign, verify } from "hono/jwt";
import { methodOverride } from "hono/method-override";
import { poweredBy } from "hono/powered-by";
import { prettyJSON } from "hono/pretty-json";
import { secureHeaders } from "hono/secure-headers";
import { timeout } from "hono/timeout";
import { trimTrailingSlash } from "hono/trailing-slash";

const SECRET = "it is a secret";
const app = new Hono({ strict: true });

app.use("/csrf", csrf());
app.post("/csrf", (c) => c.text("changed"));
app.get("/csrf", (c) => c.text("read"));

app.post("/limited", bodyLimit({ maxSize: 5 }), async (c) => c.text(await c.req.text()));
app.post(
  "/limited-own",
  bodyLimit({ maxSize: 5, onError: (c) => c.text("too long", 413) }),
  async (c) => c.text(String((await c.req.parseBody()).a)),
);

app.use("/etag/*", etag());
app.get("/etag/text", (c) => c.text("the same"));
app.get("/etag/stream", (c) => c.body(new Blob(["streamed"]).stream()));
app.get("/etag/weak", etag({ weak: true }), (c) => c.text("weak"));

app.use("/jwt/*", jwt({ secret: SECRET, alg: "HS256" }));
app.get("/jwt/who", (c) => c.json(c.get("jwtPayload")));
app.get("/token", async (c) => c.text(await sign({ sub: "ada", exp: 4102444800 }, SECRET)));
app.get("/token/:alg", async (c) => {
  const alg = c.req.param("alg");
  const token = await sign({ sub: "ada" }, SECRET, alg);
  return c.json([token, await verify(token, SECRET, alg)]);
});

app.get("/basic", basicAuth({ username: "ada", password: "secret" }), (c) => c.text("in"));
app.get("/bearer", bearerAuth({ token: "token" }), (c) => c.text("in"));
app.use("/cors", cors({ origin: "http://a.example", credentials: true, maxAge: 5 }));
app.all("/cors", (c) => c.text("cors"));
app.get("/secure", secureHeaders(), (c) => c.text("secure"));
app.get("/pretty", prettyJSON(), (c) => c.json({ a: 1 }));
app.get("/powered", poweredBy(), (c) => c.text("powered"));
app.get("/slow", timeout(20), async (c) => {
  await new Promise((resolve) => setTimeout(resolve, 200));
  return c.text("late");
});
app.use("/override", methodOverride({ app }));
app.delete("/override", (c) => c.text("deleted"));
app.use(trimTrailingSlash());
app.get("/trimmed", (c) => c.text("trimmed"));
app.get(
  "/some",
  some(bearerAuth({ token: "a" }), basicAuth({ username: "a", password: "b" })),
  (c) => c.text("one of them"),
);
app.use("/except/*", except("/except/open", bearerAuth({ token: "a" })));
app.get("/except/open", (c) => c.text("open"));
app.get("/except/closed", (c) => c.text("closed"));
app.get("/every", every(poweredBy(), secureHeaders()), (c) => c.text("all"));
app.get("/env", (c) => c.json([typeof c.env, typeof cache, typeof compress]));

export default app;
