// What visitors of the servers with a database do.

const json = (value) => ({
  headers: { "content-type": "application/json" },
  body: JSON.stringify(value),
});

export const sqliteStories = {
  async "bun-sqlite-todo"({ get, post, ask }) {
    await post("/todos", { title: "Buy <milk>" });
    await post("/todos", { title: "  " });
    await post("/todos", {});
    await ask("PATCH", "/todos/1");
    await get("/");
    for (const method of ["PATCH", "DELETE"]) await ask(method, "/todos/9");
    await ask("DELETE", "/todos/1");
    await post("/todos", { title: "a third" });
    await get("/");
  },
  async "bun-sqlite-notes"({ get, ask }) {
    for (const path of ["/notes", "/notes/2", "/notes/9", "/notes?q=hyper*"]) await get(path);
    await get("/notes?q=title:shopping+OR+milk");
    await get("/notes?q=%22");
    await ask("POST", "/notes", json({ title: "é", body: "a crème brûlée" }));
    await ask("POST", "/notes", { ...json({ body: "no title" }), as: "no title" });
    await get("/notes?q=creme");
  },
  async "bun-sqlite-guestbook"({ get, post, socket }) {
    const ada = await socket("/live", { who: "Ada" });
    for (const text of ["hello", "again"]) await post("/sign", { name: "Ada", text });
    await ada.hear();
    await ada.hear();
    await post("/sign", { name: "Bob", text: "x".repeat(21) });
    await post("/sign", { name: "Bob" });
    await post("/sign", { name: "<Bob>", text: "" });
    await ada.say("Ada");
    await ada.say("Bob");
    await get("/");
    ada.cut();
  },
  async "bun-sqlite-counter"({ get, ask }) {
    for (const path of ["/count/a", "/count/b?by=5", "/count/a?by=-3", "/count/a?by=x"]) {
      await ask("POST", path);
    }
    await ask("POST", "/count/c?by=1.5");
    for (const path of ["/count/a", "/count/none", "/all", "/total"]) await get(path);
  },
  async "bun-sqlite-paging"({ get }) {
    await get("/made");
    for (const path of ["/", "/?page=25", "/?page=26", "/?q=24", "/?q=%27", "/names"]) {
      await get(path);
    }
  },
  async "bun-sqlite-login"({ get, post }) {
    const account = { user: "Ada", password: "engine" };
    await post("/register", account);
    await post("/register", { ...account, user: "ADA" });
    await post("/login", { ...account, password: "wrong" });
    await post("/login", { ...account, user: "ada" });
    const session = { headers: { cookie: "sid=session-1" }, as: "logged in" };
    await get("/");
    await get("/", session);
    await get("/", session);
    await post("/logout", {}, session);
    await get("/", session);
  },
  async "hono-sqlite"({ get, ask }) {
    for (const path of ["/books", "/books?by=year", "/books/2", "/books/9"]) await get(path);
    await ask("POST", "/books", json({ title: "New", year: 2026, price: 10 }));
    await ask("POST", "/books", { ...json({ title: "Old", year: 1000 }), as: "too old" });
    await ask("POST", "/books", { ...json({ year: 2000 }), as: "no title" });
    for (const id of [1, 1]) await ask("DELETE", `/books/${id}`);
    await get("/books");
  },
};
