export default async function ({ get, ask }) {
  for (const path of [
    "/",
    "/index.html",
    "/style.css",
    "/style.css?v=1",
    "/style.css/",
    "/client.js",
    "/value.json",
    "/dot.svg",
    "/notes.md",
    "/table.csv",
    "/odd.ending",
    "/server.js",
    "/none.txt",
    "/STYLE.CSS",
    "/./style.css",
    "/../server.js",
    "/.env",
    "/route.txt",
    "/static",
    "/static-response",
    "/none",
    "/asked",
    "/asked-status",
    "/asked-none",
    "/slice",
    "/facts",
  ]) {
    await get(path);
  }
  for (const method of ["HEAD", "POST"]) {
    for (const path of ["/", "/style.css", "/static", "/none", "/asked"]) await ask(method, path);
  }
  for (const range of ["bytes=4-6", "bytes=-3", "bytes=14-", "bytes=99-", "bytes=0-0,2-3"]) {
    for (const path of ["/static", "/asked", "/style.css"]) {
      await get(path, { as: range, headers: { range } });
    }
  }
  await get("/lib/htmx-2.js");
  await ask("HEAD", "/lib/htmx-2-sse.js");
}
