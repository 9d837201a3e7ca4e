export default async function ({ get }) {
  const headers = { cookie: 'a=1; b=%20x; c; q="quoted"; a=2; d=e=f; %C3%BC=1' };
  for (const path of ["/get", "/set", "/delete", "/both", "/late", "/json", "/map", "/cookie"]) {
    await get(path, { headers });
  }
  await get("/get", { as: "without any" });
  await get("/elsewhere", { headers });
}
