// Sign up, sign in, sign out: Bun.password, cookies, and a database.
import { Database } from "bun:sqlite";

const db = new Database(":memory:", { strict: true });
db.run(
  "CREATE TABLE users (id INTEGER PRIMARY KEY, email TEXT UNIQUE NOT NULL, hash TEXT NOT NULL)",
);
db.run("CREATE TABLE sessions (token TEXT PRIMARY KEY, user INTEGER NOT NULL REFERENCES users)");

const insertUser = db.prepare(
  "INSERT INTO users (email, hash) VALUES ($email, $hash) RETURNING id",
);
const userByEmail = db.prepare("SELECT id, hash FROM users WHERE email = $email");
const userByToken = db.prepare(
  "SELECT email FROM users JOIN sessions ON user = id WHERE token = $token",
);

let sessions = 0;
function signIn(cookies: Bun.CookieMap, user: number) {
  const token = `token-${++sessions}`;
  db.query("INSERT INTO sessions VALUES ($token, $user)").run({ token, user });
  cookies.set("session", token, { httpOnly: true, sameSite: "strict", maxAge: 3600, path: "/" });
}

const page = (body: string, status = 200) =>
  new Response(`<!doctype html><title>Account</title>${body}`, {
    status,
    headers: { "Content-Type": "text/html; charset=utf-8" },
  });
const fields = async (req: Request) => {
  const form = await req.formData();
  return { email: String(form.get("email") ?? ""), password: String(form.get("password") ?? "") };
};

Bun.serve({
  routes: {
    "/": (req) => {
      const token = req.cookies.get("session") ?? "";
      const user = userByToken.get({ token }) as { email: string } | null;
      return user
        ? page(
            `<p>Hello ${Bun.escapeHTML(user.email)}</p><button hx-post="/sign-out">Sign out</button>`,
          )
        : page(`<form method="post" action="/sign-in">…</form>`, 401);
    },
    "/sign-up": {
      POST: async (req) => {
        const { email, password } = await fields(req);
        if (password.length < 8) return page("<p role=alert>At least 8 characters</p>", 422);
        if (userByEmail.get({ email }))
          return page("<p role=alert>There is such an account</p>", 409);
        const hash = await Bun.password.hash(password, { algorithm: "bcrypt", cost: 4 });
        const { id } = insertUser.get({ email, hash }) as { id: number };
        signIn(req.cookies, id);
        return page(`<p>Welcome</p>`, 201);
      },
    },
    "/sign-in": {
      POST: async (req) => {
        const { email, password } = await fields(req);
        const user = userByEmail.get({ email }) as { id: number; hash: string } | null;
        if (!user || !(await Bun.password.verify(password, user.hash))) {
          return page("<p role=alert>Wrong e-mail address or password</p>", 401);
        }
        signIn(req.cookies, user.id);
        return Response.redirect("/", 303);
      },
    },
    "/sign-out": {
      POST: (req) => {
        db.query("DELETE FROM sessions WHERE token = ?").run(req.cookies.get("session"));
        req.cookies.delete("session");
        return new Response(null, { status: 204, headers: { "HX-Redirect": "/" } });
      },
    },
  },
});
