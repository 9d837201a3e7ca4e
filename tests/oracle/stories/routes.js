export default async function ({ get, ask }) {
  for (const path of [
    "/",
    "/static",
    "/static?a=b",
    "/static/",
    "//",
    "/json",
    "/made",
    "/old",
    "/empty",
    "/methods",
    "/only-post",
    "/off",
    "/page/first",
    "/page/7",
    "/page/a%20b%2Fc",
    "/page/%C3%BC",
    "/page/%",
    "/page/",
    "/page",
    "/page/1/2",
    "/a/x/c",
    "/a/x/d",
    "/a//c",
    "/tree/oak",
    "/tree/elm/leaf",
    "/tree/",
    "/tree",
    "/deep/one/y",
    "/deep/one/z",
    "/deep/two/z",
    "/wild/a+b",
    "/wild/*",
    "/wild/:name",
    "/STATIC",
    "/api/x",
    "/this",
    "/second",
    "/url/a/../b",
    "/url/./b?c=/../d",
    "/url/%2E%2e/b",
    "/url/a%2e%2e/b",
    "/nowhere",
    "/%73tatic",
    "/page/../static",
  ]) {
    await get(path);
  }
  for (const method of ["HEAD", "POST", "OPTIONS", "DELETE", "PATCH"]) {
    await ask(method, "/static");
    await ask(method, "/methods", { body: method === "POST" ? "x" : undefined });
    await ask(method, "/page/2");
    await ask(method, "/api/x");
    await ask(method, "/only-post");
  }
  await ask("HEAD", "/nowhere");
  await ask("HEAD", "/made");
  const first = await get("/static");
  const etag = first.headers?.etag;
  await get("/static", { as: "the same again", headers: { "if-none-match": `${etag}` } });
  await get("/static", { as: "any", headers: { "if-none-match": "*" } });
  await get("/static", { as: "other", headers: { "if-none-match": '"other"' } });
  await ask("HEAD", "/static", { as: "the same", headers: { "if-none-match": `W/${etag}` } });
  await get("/json", { as: "static's", headers: { "if-none-match": `${etag}` } });
}
