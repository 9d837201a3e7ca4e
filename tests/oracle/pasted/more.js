// What visitors of servers with typed routes, accounts, files, services of their own and streams do.

const json = (value) => ({
  headers: { "content-type": "application/json" },
  body: JSON.stringify(value),
});
const multipart = (...files) => ({
  headers: { "content-type": "multipart/form-data; boundary=B" },
  body: files
    .flatMap(([name, type, text]) => [
      "--B",
      `Content-Disposition: form-data; name="file"; filename="${name}"`,
      `Content-Type: ${type}`,
      "",
      text,
    ])
    .concat("--B--", "")
    .join("\r\n"),
});
const getAll =
  (...paths) =>
  async ({ get }) => {
    for (const path of paths) await get(path);
  };

export const moreStories = {
  async "bun-src-folder"({ get, ask }) {
    await getAll("/", "/none", "/src/app.ts")({ get });
    for (const as of ["once", "twice"]) await ask("POST", "/clicks", { as });
    await get("/");
  },
  async "bun-routes-api"({ get, ask }) {
    await getAll("/health", "/api/movies", "/api/movies?before=1950", "/api/movies/2")({ get });
    await getAll("/api/movies/9", "/api/none/at/all", "/films", "/none")({ get });
    await ask("POST", "/api/movies", json({ title: "Solaris", year: 1972 }));
    await ask("POST", "/api/movies", { ...json({ title: " " }), as: "without a title" });
    await ask("POST", "/api/movies", { body: "{", as: "broken" });
    await ask("PATCH", "/api/movies/1", json({ year: 1926 }));
    await ask("PATCH", "/api/movies/1", { body: "no JSON", as: "no JSON" });
    for (const path of ["/api/movies/3", "/api/movies/3", "/api/movies"]) await ask("DELETE", path);
    await ask("HEAD", "/api/movies/1");
    await ask("OPTIONS", "/api/movies");
  },
  async "bun-subprotocols"({ get, socket }) {
    await get("/");
    await get("/room", { as: "no socket" });
    const speaks = (protocol) => ({ "sec-websocket-protocol": protocol });
    const ada = await socket("/room?name=Ada", { who: "Ada", headers: speaks("chat.json") });
    await ada.hear();
    const bob = await socket("/room?name=Bob", { who: "Bob", headers: speaks("x, chat.text") });
    await ada.hear();
    await bob.hear();
    await socket("/room", { who: "Eve", headers: speaks("other") });
    await ada.say('{"text":"hi <b>"}');
    await bob.hear();
    await bob.say("hello");
    await ada.hear();
    const late = await socket("/room?name=Late", { who: "Late", headers: speaks("chat.text") });
    for (const person of [late, late, late, ada, bob]) await person.hear();
    ada.send("no JSON");
    await ada.rest();
    await bob.hear();
    await get("/");
    for (const person of [bob, late]) person.cut();
  },
  async "bun-password"({ get, post }) {
    await get("/");
    const ada = { email: "ada@example.org", password: "long enough" };
    await post("/sign-up", { ...ada, password: "short" });
    await post("/sign-up", ada);
    await post("/sign-up", ada);
    await get("/", { headers: { cookie: "session=token-1" }, as: "Ada" });
    await post("/sign-in", { ...ada, password: "wrong one" });
    await post("/sign-in", { ...ada, email: "bob@example.org" });
    await post("/sign-in", ada);
    await post("/sign-out", {}, { headers: { cookie: "session=token-1" } });
    await get("/", { headers: { cookie: "session=token-1" }, as: "after signing out" });
    await get("/", { headers: { cookie: "session=token-2" }, as: "elsewhere" });
    await get("/sign-in");
  },
  async "bun-files"({ get, ask }) {
    await get("/");
    const files = [
      ["notes.txt", "text/plain;charset=utf-8", "ten bytes."],
      ["../a b.css", "text/css", "p { color: red }"],
    ];
    await ask("POST", "/upload", multipart(...files));
    await ask("POST", "/upload", {
      ...multipart(["nothing", "text/plain", "x"]),
      as: "without an ending",
    });
    await get("/");
    const { headers } = await get("/files/up-notes.txt");
    await get("/files/up-notes.txt", { headers: { "if-none-match": headers.etag }, as: "known" });
    for (const range of ["bytes=0-2", "bytes=4-"]) {
      await get("/files/up-notes.txt", { headers: { range }, as: range });
    }
    await get("/files/up-notes.txt?packed", { headers: { "accept-encoding": "gzip" } });
    for (let count = 0; count < 2; count += 1) await ask("DELETE", "/files/up-notes.txt");
    await getAll("/", "/files/none.txt", "/files/server.js")({ get });
  },
  async "bun-gateway"({ get, ask }) {
    await getAll("/dashboard/0", "/dashboard/1", "/dashboard/9", "/cached/2", "/cached/2")({ get });
    await getAll("/patient", "/pass/feed", "/pass/users/9", "/pass/users/1?x=1", "/none")({ get });
    await ask("POST", "/pass/echo", { body: "to be passed on", headers: { "x-user": "ada" } });
    await ask("DELETE", "/pass/echo");
    await ask("HEAD", "/pass/orders");
  },
  async "bun-signed-sessions"({ get, post }) {
    const cookieOf = ({ headers }) => headers["set-cookie"].split(";")[0];
    const first = cookieOf(await get("/"));
    const second = cookieOf(await get("/", { headers: { cookie: first }, as: "again" }));
    await post("/theme", { theme: "dark & blue" }, { headers: { cookie: second } });
    await get("/", { headers: { cookie: second.replace(/.$/, "x") }, as: "forged" });
    await get("/", { headers: { cookie: "s=junk" }, as: "junk" });
    await get("/nonce");
  },
  async "bun-rate-limit"({ get }) {
    for (const path of ["/a", "/b", "/c", "/d", "/e"]) await get(path);
    await get("/f", { headers: { "x-api-key": "another" }, as: "another" });
  },
  "hono-suspense": getAll("/", "/?user=Ada", "/broken", "/plain", "/events", "/none"),
  async "hono-shop"({ port, get, post, ask }) {
    const origin = `http://127.0.0.1:${port}`;
    const buy = (id, count, headers) =>
      post(`/shop/basket/${id}`, { count }, { headers: { origin, ...headers } });
    await get("/shop");
    const { headers } = await buy("mug", "2");
    const cookie = headers["set-cookie"].split(";")[0];
    await buy("tea", "1", { cookie });
    await get("/shop", { headers: { cookie }, as: "with a basket" });
    for (const count of ["0", "x", "10"]) await buy("tea", count);
    await buy("none", "1");
    await buy("TEA", "1");
    await post(
      "/shop/basket/tea",
      { count: "1" },
      { headers: { origin: "http://elsewhere.example" } },
    );
    await get("/shop", { headers: { cookie: "basket=%7Bbroken" }, as: "broken" });
    await ask("GET", "/");
  },
  async "bun-notifications"({ get, ask, stream }) {
    const ada = await stream("/events/ada", { who: "Ada" });
    await ada.until("retry: 500\n\n");
    const bob = await stream("/events/bob", { who: "Bob" });
    await bob.until("retry: 500\n\n");
    await get("/");
    await ask("POST", "/notify/ada", json({ event: "mail", text: "hi" }));
    await ada.until('hi"}\n\n');
    await ask("POST", "/notify/*", json({ text: "to all" }));
    await ada.until('to all"}\n\n');
    await bob.until('to all"}\n\n');
    await ask("POST", "/notify/eve", json({ text: "to nobody" }));
    const again = await stream("/events/ada", {
      who: "Ada again",
      headers: { "last-event-id": "1" },
    });
    await again.until('to all"}\n\n');
    for (const each of [ada, bob, again]) each.leave();
  },
  async "bun-webhook"({ get, ask, wait }) {
    const { createHmac } = await import("node:crypto");
    const signed = (value, delivery, as) => {
      const body = JSON.stringify(value);
      const mark = createHmac("sha256", "secret").update(body).digest("hex");
      return { body, as, headers: { "x-signature-256": `sha256=${mark}`, "x-delivery": delivery } };
    };
    await ask("POST", "/hooks", { body: "{}", as: "unsigned" });
    await ask("POST", "/hooks", signed({ event: "paid" }, "1", "paid"));
    await ask("POST", "/hooks", signed({ event: "paid" }, "1", "paid, twice"));
    await ask("POST", "/hooks", signed({ event: "fails" }, "2", "fails"));
    await ask("POST", "/hooks", signed({ event: "impossible" }, "3", "impossible"));
    await wait(1_000);
    await getAll("/jobs/1", "/jobs/2", "/jobs/3", "/jobs/4", "/hooks")({ get });
  },
  async "bun-short-links"({ get, post }) {
    const { body } = await post("/api/links", { url: "https://example.org/a?b=c" });
    await post("/api/links", { url: "https://example.org/a?b=c" });
    await post("/api/links", { url: "ftp://example.org/" });
    await post("/api/links", { url: "nonsense" });
    await post("/api/links", {});
    const name = /href="(\/\w+)"/.exec(body)[1];
    await getAll(name, name, `${name}/stats`, "/none", "/none/stats", "/api/links", "/")({ get });
  },
  async "bun-bot"({ get, socket, wait }) {
    await wait(200);
    await get("/");
    const ada = await socket("/?name=Ada", { who: "Ada" });
    ada.send("time?");
    await ada.hear();
    await ada.hear();
    ada.send("12+30");
    await ada.hear();
    await ada.hear();
    ada.send("bye");
    for (let count = 0; count < 3; count += 1) await ada.hear();
    await get("/", { as: "without the bot" });
    ada.cut();
  },
  async "bun-kanban"({ get, post, ask, socket }) {
    await get("/");
    await get("/live");
    const ada = await socket("/live", { who: "Ada" });
    await post("/cards", { text: " Ship & rest " });
    await ada.hear();
    await post("/cards", { text: " " });
    const put = (path, column) =>
      ask("PUT", path, {
        headers: { "content-type": "application/x-www-form-urlencoded" },
        body: `column=${column}`,
      });
    await put("/cards/1", "doing");
    await ada.hear();
    await put("/cards/9", "done");
    await put("/cards/1", "elsewhere");
    await get("/");
    ada.cut();
  },
};
