// A project with folders: imports up and down, files for browsers, and files that the server reads and writes.
import { Hono } from "hono";
import { serveStatic } from "hono/bun";
import page from "./views/page";
import { parts } from "./views/parts";
import about, { own } from "./views/about";
import goods from "./data/goods.json" with { type: "json" };
import words from "./data/words.txt";

const app = new Hono();

app.get("/page", (c) => c.html(page("Ada")));
app.get("/parts", (c) => c.json([parts, about, own(), goods, words]));
app.get("/same", async (c) => c.json((await import("./views/../util.js")).count()));
app.get("/read", async (c) => {
  const paths = ["data/words.txt", "./data/words.txt", "data/../data/words.txt", "../words.txt"];
  const there = await Promise.all([...paths, "data", "views/"].map((it) => Bun.file(it).exists()));
  return c.json([there, await Bun.file("./data/words.txt").text()]);
});
app.get("/write", async (c) => {
  await Bun.write("made/by/server.txt", "made");
  return c.json([await Bun.file("made/by/../by/server.txt").text()]);
});
app.get("/failing", async (c) => {
  const names = ["./views/none.js", "./views/parts/none", "./data", "../server.js"];
  const failed = (name) =>
    import(name).then(
      () => "loaded",
      (error) => error instanceof Error,
    );
  return c.json(await Promise.all(names.map(failed)));
});
app.use("/assets/*", serveStatic({ root: "./public" }));
app.get("/logo", serveStatic({ path: "public/assets/logo.svg" }));
app.all("*", (c) => c.text(`fetch ${c.req.path}`, 404));

export default app;
