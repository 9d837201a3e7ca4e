export default async function ({ get, post, ask }) {
  for (const path of [
    "/",
    "/late",
    "/page/7?q=%C3%BC",
    "/page/a%20b",
    "/page/",
    "/optional",
    "/optional/x",
    "/files/a/b.txt",
    "/admin",
    "/admin/12",
    "/admin/x",
    "/json",
    "/body",
    "/redirect",
    "/nothing",
    "/status",
    "/queries?a=1&a=2&b=%20",
    "/teapot",
    "/broken",
    "/valid?n=3",
    "/valid?n=0",
    "/none",
    "/cookies",
  ]) {
    await get(path);
  }
  await get("/language", { headers: { "accept-language": "fr;q=0.2, de;q=0.8" } });
  await ask("HEAD", "/");
  await ask("PUT", "/either");
  await ask("DELETE", "/either");
  await ask("PATCH", "/either");
  await ask("OPTIONS", "/");
  await post("/form", [
    ["a", "1"],
    ["a", "2"],
    ["b", "x y"],
  ]);
  await post("/valid", { name: "Ada" });
  await post("/valid", { name: "" });
  await ask("POST", "/json", { body: '{"a":1}', headers: { "content-type": "application/json" } });
  await ask("POST", "/json", { as: "broken", body: "{" });
  const { headers } = await get("/cookies", { as: "seen", headers: { cookie: "seen=4; old=1" } });
  const signed = headers["set-cookie"].at(-1).split(";")[0];
  await get("/cookies", { as: "signed", headers: { cookie: signed } });
  await get("/cookies", { as: "forged", headers: { cookie: `${signed.slice(0, -4)}AAA%3D` } });
}
