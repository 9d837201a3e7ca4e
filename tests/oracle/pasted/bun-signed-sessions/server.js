// Sessions without a store: what a visitor has chosen lies in a cookie, signed by node:crypto.
import { createHmac, randomBytes, timingSafeEqual } from "node:crypto";
import { Buffer } from "node:buffer";
import querystring from "node:querystring";

const SECRET = process.env.SESSION_SECRET ?? "only for development";
const sign = (text) => createHmac("sha256", SECRET).update(text).digest("base64url");

function seal(session) {
  const text = Buffer.from(JSON.stringify(session)).toString("base64url");
  return `${text}.${sign(text)}`;
}
function unseal(cookie = "") {
  const [text, mark = ""] = cookie.split(".");
  const [given, right] = [mark, sign(text)].map((it) => Buffer.from(it));
  if (given.length !== right.length || !timingSafeEqual(given, right)) return { visits: 0 };
  return JSON.parse(Buffer.from(text, "base64url").toString("utf8"));
}

const server = Bun.serve({
  async fetch(req) {
    const { pathname } = new URL(req.url);
    const cookies = new Bun.CookieMap(req.headers.get("cookie") ?? "");
    const session = unseal(cookies.get("s") ?? undefined);
    if (pathname === "/nonce")
      return Response.json({ length: randomBytes(16).toString("hex").length });
    if (pathname === "/theme" && req.method === "POST") {
      session.theme = querystring.parse(await req.text()).theme ?? "plain";
    }
    session.visits += 1;
    const headers = {
      "Set-Cookie": new Bun.Cookie("s", seal(session), { httpOnly: true }).toString(),
    };
    return Response.json(session, { headers });
  },
});
process.on("SIGINT", () => server.stop());
