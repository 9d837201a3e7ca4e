export default async function ({ get, ask }) {
  for (const path of [
    "/page",
    "/page",
    "/parts",
    "/same",
    "/read",
    "/failing",
    "/public/style.css",
    "/public/style.css/",
    "/public/./style.css",
    "/public",
    "/public/",
    "/docs",
    "/docs/",
    "/docs/index.html",
    "/views/nav.ts",
    "/data/goods.json",
    "//public/style.css",
    "/node_modules/hono/package.json",
    "/hxlab/serve.js",
    "/assets/app.js",
    "/assets/none.js",
    "/assets/",
    "/logo",
    "/made/by/server.txt",
    "/write",
    "/made/by/server.txt",
  ]) {
    await get(path);
  }
  await ask("HEAD", "/public/assets/app.js");
  await ask("POST", "/public/style.css");
  await get("/public/style.css", { as: "part", headers: { range: "bytes=0-2" } });
}
