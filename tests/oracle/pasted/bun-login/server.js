// A login by cookie: sessions in memory.
const users = new Map([["ada", "engine"]]);
const sessions = new Map();

const loginForm = (error = "") =>
  `<form method="post" action="/login">${error && `<p role="alert">${error}</p>`}<input name="user"><input name="password" type="password"><button>Log in</button></form>`;
const html = (body, init) =>
  new Response(body, { ...init, headers: { "Content-Type": "text/html", ...init?.headers } });

const server = Bun.serve({
  routes: {
    "/login": {
      GET: () => html(loginForm()),
      POST: async (req) => {
        const data = await req.formData();
        const user = data.get("user");
        if (users.get(user) !== data.get("password"))
          return html(loginForm("Wrong name or password"), { status: 401 });
        const id = `session-${sessions.size + 1}`;
        sessions.set(id, { user, since: Date.now() });
        req.cookies.set("sid", id, { httpOnly: true, sameSite: "strict", maxAge: 3600 });
        return new Response(null, { status: 303, headers: { Location: "/" } });
      },
    },
    "/logout": {
      POST: (req) => {
        sessions.delete(req.cookies.get("sid"));
        req.cookies.delete("sid");
        return Response.redirect("/login", 303);
      },
    },
    "/": (req) => {
      const session = sessions.get(req.cookies.get("sid"));
      if (!session) return Response.redirect("/login");
      return html(`<p>Hello ${session.user}</p>`);
    },
  },
});
console.log(`Started on port ${server.port}`);
