// Guards: basic auth, bearer tokens, JWT and CSRF.
import { Hono } from "hono";
import { basicAuth } from "hono/basic-auth";
import { bearerAuth } from "hono/bearer-auth";
import { csrf } from "hono/csrf";
import { jwt, sign } from "hono/jwt";

const app = new Hono();
const secret = "it is only an example";

app.use("/admin/*", basicAuth({ username: "ada", password: "engine" }));
app.get("/admin/page", (c) => c.text("for Ada"));
app.use("/token/*", bearerAuth({ token: "abc" }));
app.get("/token/page", (c) => c.text("for abc"));
app.get("/jwt/new", async (c) =>
  c.text(await sign({ sub: "ada", exp: 4102444800 }, secret, "HS256")),
);
app.use("/jwt/me", jwt({ secret, alg: "HS256" }));
app.get("/jwt/me", (c) => c.json(c.get("jwtPayload")));
app.use("/form", csrf());
app.post("/form", async (c) => c.json(await c.req.parseBody()));

Bun.serve(app);
