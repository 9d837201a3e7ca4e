// Servers as people publish them, each in a folder beside this file, and what their visitors do.

import { moreStories } from "./more.js";
import { sqliteStories } from "./sqlite.js";

const multipart = (name, file, type, text) => ({
  headers: { "content-type": "multipart/form-data; boundary=B" },
  body: [
    "--B",
    `Content-Disposition: form-data; name="${name}"; filename="${file}"`,
    `Content-Type: ${type}`,
    "",
    text,
    "--B--",
    "",
  ].join("\r\n"),
});
const json = (value) => ({
  headers: { "content-type": "application/json" },
  body: JSON.stringify(value),
});
const getAll =
  (...paths) =>
  async ({ get }) => {
    for (const path of paths) await get(path);
  };

export const stories = {
  ...sqliteStories,
  ...moreStories,
  async "bun-chat"({ get, socket }) {
    await get("/");
    await get("/chat?name=Ada");
    const ada = await socket("/chat?name=Ada", { who: "Ada" });
    await ada.hear();
    const bob = await socket("/chat", { who: "Bob" });
    await ada.hear();
    await bob.hear();
    await bob.say("hé <b>");
    await ada.hear();
    bob.sendBytes([104, 105]);
    await bob.hear();
    await ada.hear();
    bob.close(1001);
    await bob.rest();
    await ada.hear();
    ada.cut();
  },
  async "bun-chat-htmx"({ get, socket }) {
    await get("/");
    await get("/ws");
    const ada = await socket("/ws", { who: "Ada" });
    const bob = await socket("/ws", { who: "Bob" });
    await ada.say(JSON.stringify({ message: "<i>hi</i>", HEADERS: { "HX-Trigger": "form" } }));
    await ada.hear();
    await bob.hear();
    ada.close(1000);
    await ada.rest();
    await bob.hear();
  },
  async "bun-todo"({ get, post, ask }) {
    await get("/");
    await post("/todos", { title: " Write <code> " });
    await post("/todos", { title: " " });
    for (const method of ["PATCH", "DELETE", "PUT"]) await ask(method, "/todos/2");
    await ask("PATCH", "/todos/9");
    await getAll("/todos", "/", "/api/none", "/none")({ get });
    await ask("POST", "/todos", { body: "no form" });
  },
  async "bun-sse-clock"({ get, stream }) {
    await get("/");
    const clock = await stream("/events");
    await clock.until("id: 2");
    await clock.rest();
    const other = await stream("/events", { who: "one who leaves" });
    await other.until("retry: 1000");
    other.leave();
  },
  async "bun-direct-sse"({ get, stream }) {
    await get("/");
    const events = await stream("/events");
    await events.rest();
  },
  async "bun-router"({ get, ask }) {
    const paths = ["/", "/users/7?x=1&y=%20", "/users/a%20b/posts/3", "/users", "/ip", "/boom"];
    await getAll(...paths)({ get });
    await ask("POST", "/echo", json({ a: [1] }));
    await ask("HEAD", "/");
  },
  async "bun-form"({ get, post }) {
    await get("/");
    await post("/check/email", { email: "ada" });
    await post("/check/email", { email: "ada@example.org" });
    await post("/check/none", {});
    await post("/signup", { email: 'x"y', password: "short", age: "17" });
    await post("/signup", { email: "a@b.c", password: "long enough", age: "18" });
    await getAll("/welcome", "/signup")({ get });
  },
  async "bun-search"({ get, post, ask }) {
    await get("/");
    for (const q of ["a", "TURING", "  ", "zzz"]) await post("/search", { q });
    await ask("DELETE", "/search");
  },
  async "bun-login"({ get, post }) {
    await get("/");
    await get("/login");
    await post("/login", { user: "ada", password: "wrong" });
    await post("/login", { user: "ada", password: "engine" });
    const headers = { cookie: "sid=session-1" };
    await get("/", { headers });
    await post("/logout", {}, { headers });
    await get("/", { headers, as: "after the logout" });
  },
  async "bun-click-to-edit"({ get, ask }) {
    await getAll("/contact/1", "/contact/1/edit")({ get });
    const headers = { "content-type": "application/x-www-form-urlencoded" };
    await ask("PUT", "/contact/1", { headers, body: "first=Ada&last=%3CL%3E" });
    await getAll("/contact/1", "/contact.css", "/contact/2")({ get });
  },
  async "bun-infinite-scroll"({ get }) {
    await getAll("/", "/agents", "/agents?page=x", "/agents?page=-1")({ get });
    const headers = { "HX-Request": "true" };
    for (const page of [1, 2, 3]) await get(`/agents?page=${page}`, { headers });
  },
  async "bun-json-api"({ get, ask }) {
    await getAll("/books", "/books/1", "/books/2", "/films", "/")({ get });
    await ask("POST", "/books", json({ title: "Emma" }));
    await ask("POST", "/books", { body: "{", as: "broken" });
    for (const method of ["OPTIONS", "DELETE"]) await ask(method, "/books");
    await get("/books");
  },
  async "bun-upload"({ get, ask }) {
    await ask(
      "POST",
      "/upload",
      multipart("file", "a.txt", "text/plain;charset=utf-8", "hello there"),
    );
    await ask("POST", "/upload", multipart("other", "a.txt", "text/plain", "hello"));
    await ask("PUT", "/raw", { body: Buffer.alloc(200_000, 7) });
    await ask("PUT", "/raw", { as: "empty" });
    await get("/");
  },
  async "bun-broadcast"({ get, socket }) {
    await get("/");
    const ada = await socket("/", { who: "Ada" });
    await ada.say("first");
    const bob = await socket("/", { who: "Bob" });
    await bob.hear();
    bob.sendBytes([195, 188]);
    await bob.hear();
    await ada.hear();
    bob.send("!quit");
    await bob.rest();
    await ada.hear();
    await get("/");
  },
  async "bun-game"({ get, socket }) {
    await get("/game/one");
    const ada = await socket("/game/one", { who: "Ada" });
    await ada.hear();
    const bob = await socket("/game/one", { who: "Bob" });
    await bob.hear();
    await socket("/game/one", { who: "Eve" });
    await bob.say('{"cell":4}');
    for (const [player, other, cell] of [
      [ada, bob, 0],
      [bob, ada, 4],
      [ada, bob, 1],
      [bob, ada, 8],
      [ada, bob, 2],
    ]) {
      await player.say(JSON.stringify({ cell }));
      await other.hear();
    }
    await bob.say("no JSON");
    ada.close(1000);
    await ada.rest();
    await bob.hear();
    await get("/none");
  },
  "bun-static": getAll("/", "/about", "/about.txt", "/none.css", "/deep/link"),
  async "bun-counter-class"({ get, post, ask }) {
    await get("/");
    for (const path of ["/increment", "/increment", "/decrement"]) await post(path, {});
    await ask("GET", "/increment");
  },
  async "hono-chat"({ get, socket }) {
    await get("/");
    const ada = await socket("/ws?name=Ada", { who: "Ada" });
    await ada.hear();
    const bob = await socket("/ws", { who: "Bob" });
    await ada.hear();
    await bob.hear();
    await bob.say("hi");
    await ada.hear();
    bob.close(1000);
    await bob.rest();
    await ada.hear();
    await get("/");
  },
  async "hono-todo"({ get, post, ask }) {
    await get("/");
    await post("/todos", { title: "<Read>" });
    await post("/todos", { title: "" });
    await get("/");
    await ask("DELETE", "/todos/1");
    await ask("DELETE", "/todos/1");
    await ask("DELETE", "/todos/x");
    await get("/none/");
  },
  async "hono-serve"({ get, ask }) {
    await get("/api/visits");
    await get("/api/visits", {
      headers: { cookie: "visits=41", origin: "http://a.example" },
      as: "again",
    });
    await get("/api/signed");
    await get("/api/signed", { headers: { cookie: "name=Ada.forged" }, as: "forged" });
    await ask("POST", "/api/forget", { headers: { cookie: "visits=1" } });
    const { headers } = await get("/api/cached");
    await get("/api/cached", { headers: { "if-none-match": headers.etag }, as: "known" });
    await get("/");
  },
  async "hono-sse"({ get, post, stream }) {
    const events = await stream("/events");
    await events.rest();
    await getAll("/text", "/bytes")({ get });
    await post("/jobs", {});
    await getAll("/jobs/1", "/jobs/1")({ get });
  },
  "hono-jsx-hand": getAll("/page/x%3Cy", "/button", "/none"),
  async "hono-auth"({ get, post }) {
    const basic = `Basic ${btoa("ada:engine")}`;
    await get("/admin/page");
    await get("/admin/page", { headers: { authorization: basic }, as: "Ada" });
    await get("/token/page");
    await get("/token/page", { headers: { authorization: "Bearer abc" }, as: "abc" });
    const { body } = await get("/jwt/new");
    await get("/jwt/me", { headers: { authorization: `Bearer ${body}` } });
    await get("/jwt/me", { headers: { authorization: `Bearer ${body}x` }, as: "forged" });
    await post("/form", { a: "1" }, { headers: { origin: "http://elsewhere.example" } });
  },
  async "hono-mvc"({ get, ask }) {
    const paths = ["/books", "/books?page=2", "/books/b", "/books/z", "/plain/x/y", "/optional"];
    await getAll(...paths, "/optional/me", "/none")({ get });
    await get("/books", { headers: { "x-user": "ada" }, as: "Ada" });
    for (const method of ["PUT", "PATCH", "POST"]) await ask(method, "/some");
    await ask("POST", "/any");
  },
  async "hono-node-server"({ get, post }) {
    await getAll("/", "/json", "/json?pretty", "/headers", "/none")({ get });
    await post("/form", { a: "1", b: "x y" });
  },
};
