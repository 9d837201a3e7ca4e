import assert from "node:assert/strict";
import { test } from "node:test";
import { thrown, webContext } from "./context.mjs";

const { run } = webContext();

test("Bun.file reads the project", async () => {
  const seen = await run(async () => {
    __web.projectFiles.set("index.html", "<p>ü");
    __web.projectFiles.set("x.json", '{"a":1}');
    const file = Bun.file("./index.html");
    return [
      [file.size, file.type, file.name, await file.exists(), await file.text()],
      [await Bun.file("x.json").json(), (await Bun.file(new URL("file:///x.json")).bytes()).length],
      await new Response(file).text(),
      new Response(file).headers.get("content-type"),
      await new Response(file.stream()).text(),
      await file.slice(0, 3).text(),
    ];
  });
  assert.deepEqual(seen, [
    [5, "text/html;charset=utf-8", "./index.html", true, "<p>ü"],
    [{ a: 1 }, 7],
    "<p>ü",
    "text/html;charset=utf-8",
    "<p>ü",
    "<p>",
  ]);
});

test("a file is found however its path is spelled, and none outside of the project", async () => {
  const seen = await run(async () => {
    __web.projectFiles.set("views/a.css", "p {}").set("b.css", "");
    const paths = [
      ...["views/a.css", "./views/a.css", "/views/a.css", "//views//./a.css", "c/../views/a.css"],
      ...["views/a.css/", "views", "../views/a.css", "c/../../views/a.css", "views/../../b.css"],
      "/../b.css",
    ];
    const there = await Promise.all(paths.map((path) => Bun.file(path).exists()));
    await Bun.write("views/../made/x.txt", "made");
    return [there, await Bun.file("made/x.txt").text()];
  });
  const [yes, no] = [true, false];
  assert.deepEqual(seen, [[yes, yes, yes, yes, yes, no, no, no, no, no, yes], "made"]);
});

test("a missing file is missed when it is read", async () => {
  const seen = await run(async () => {
    const file = Bun.file("none.txt");
    const error = await file.text().catch(({ name, message, code }) => [name, message, code]);
    return [file.size, await file.exists(), error];
  });
  const message = "ENOENT: no such file or directory, open 'none.txt'";
  assert.deepEqual(seen, [0, false, ["Error", message, "ENOENT"]]);
  const parts = "() => __web.responseParts(new Response(Bun.file('none.txt')))";
  assert.deepEqual(await run(thrown(parts)), ["Error", message]);
});

test("types by ending", async () => {
  assert.deepEqual(
    await run(() =>
      ["a.HTML", "b.css", "c.js", "d.json", "e.svg", "f", "g.constructor"].map(__web.mimeType),
    ),
    [
      "text/html;charset=utf-8",
      "text/css;charset=utf-8",
      "text/javascript;charset=utf-8",
      "application/json;charset=utf-8",
      "image/svg+xml",
      "application/octet-stream",
      "application/octet-stream",
    ],
  );
});

test("small things", async () => {
  const seen = await run(async () => {
    await Bun.sleep(1);
    return [Bun.escapeHTML(`<a href="x">'&`), Bun.env.PORT, process.env === Bun.env];
  });
  assert.deepEqual(seen, ["&lt;a href=&quot;x&quot;&gt;&#x27;&amp;", "3000", true]);
});

// The expected texts below are what Bun 1.4.5 answers.
test("CookieMap: reading, changing, headers", async () => {
  const seen = await run(() => {
    const cookies = new Bun.CookieMap('a=1; b=%20x; c; q="quoted"');
    cookies.set("d", "e f");
    cookies.set({
      ...{ name: "s", value: "1", httpOnly: true, maxAge: 10, secure: true, sameSite: "strict" },
      ...{ expires: new Date(0), path: "/p", domain: "x.org", partitioned: true },
    });
    cookies.set("k", "v", { httpOnly: true, expires: 86400 });
    cookies.delete("a");
    cookies.delete({ name: "z", path: "/z", domain: "e.org" });
    return [
      [cookies.get("a"), cookies.get("b"), cookies.get("c"), cookies.has("d"), cookies.size],
      [...cookies],
      cookies.toSetCookieHeaders(),
    ];
  });
  assert.deepEqual(seen, [
    [null, " x", null, true, 5],
    [
      ["d", "e f"],
      ["s", "1"],
      ["k", "v"],
      ["b", " x"],
      ["q", '"quoted"'],
    ],
    [
      "d=e%20f; Path=/; SameSite=Lax",
      "s=1; Domain=x.org; Path=/p; Expires=Thu, 01 Jan 1970 00:00:00 GMT; Max-Age=10; Secure; HttpOnly; Partitioned; SameSite=Strict",
      "k=v; Path=/; Expires=Fri, 02 Jan 1970 00:00:00 GMT; HttpOnly; SameSite=Lax",
      "a=; Path=/; Expires=Thu, 01 Jan 1970 00:00:00 GMT; SameSite=Lax",
      "z=; Domain=e.org; Path=/z; Expires=Thu, 01 Jan 1970 00:00:00 GMT; SameSite=Lax",
    ],
  ]);
});

test("Cookie", async () => {
  const seen = await run(() => {
    const text = "a=b%20c; Path=/x; HttpOnly; Max-Age=3; SameSite=None; Secure";
    return [`${Bun.Cookie.parse(text)}`, new Bun.Cookie("n", "v", { maxAge: 0 }).isExpired()];
  });
  assert.deepEqual(seen, ["a=b%20c; Path=/x; Max-Age=3; Secure; HttpOnly; SameSite=None", true]);
  assert.equal((await run(thrown("() => new Bun.Cookie('a b', 'x')")))[0], "TypeError");
});
