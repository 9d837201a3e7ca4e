// Cookies by req.cookies, by Bun.CookieMap and by hand.
const options = {
  ...{ httpOnly: true, secure: true, sameSite: "strict", path: "/p", maxAge: 60 },
  partitioned: true,
};

const thrown = (act) => {
  try {
    return act();
  } catch (error) {
    return `${error.name}: ${error.message}`;
  }
};

export default {
  routes: {
    "/get": (req) =>
      Response.json([
        req.cookies.get("a"),
        req.cookies.has("b"),
        req.cookies.size,
        [...req.cookies],
      ]),
    "/set": (req) => {
      req.cookies.set("a", "1");
      req.cookies.set("b", "zwei ü;", options);
      req.cookies.set({ name: "c", value: "3", expires: new Date(0) });
      return new Response("set");
    },
    "/delete": (req) => {
      req.cookies.delete("a");
      req.cookies.delete({ name: "b", path: "/p" });
      return new Response(String(req.cookies.get("a")));
    },
    "/both": (req) => {
      req.cookies.set("mine", "1");
      return new Response("x", { headers: { "Set-Cookie": "own=2" } });
    },
    "/late": async (req) => {
      await Bun.sleep(1);
      req.cookies.set("late", "1");
      return new Response("late");
    },
    "/json": (req) => Response.json(req.cookies),
    "/map": () => {
      const map = new Bun.CookieMap({ a: "1", b: "2" });
      map.set("c", "3");
      map.delete("a");
      const lists = [[...map.keys()], [...map.values()], map.toSetCookieHeaders(), map.toJSON()];
      return Response.json(lists);
    },
    "/cookie": () => {
      const cookie = new Bun.Cookie("name", "value", options);
      return Response.json([
        cookie.toString(),
        cookie.serialize(),
        cookie.isExpired(),
        cookie.toJSON(),
        Bun.Cookie.parse("a=b; Path=/x; HttpOnly; Max-Age=3; SameSite=None; Secure").toString(),
        Bun.Cookie.from("x", "y").toString(),
        thrown(() => new Bun.Cookie("a b", "x").toString()),
        thrown(() => new Bun.Cookie("a", "x", { sameSite: "other" }).toString()),
        thrown(() => new Bun.Cookie("a", "x", { path: "/\n" }).toString()),
      ]);
    },
  },
  fetch: (req) => new Response(typeof req.cookies, { status: 404 }),
};
