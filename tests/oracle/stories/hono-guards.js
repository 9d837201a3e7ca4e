const form = { "content-type": "application/x-www-form-urlencoded" };

export default async function ({ port, get, ask }) {
  const own = `http://127.0.0.1:${port}`;
  const post = (path, as, headers, body) => ask("POST", path, { as, headers, body });
  await get("/csrf");
  await post("/csrf", "from here", { ...form, origin: own }, "a=1");
  await post("/csrf", "from elsewhere", { ...form, origin: "http://evil.example" }, "a=1");
  await post("/csrf", "by fetch metadata", { ...form, "sec-fetch-site": "same-origin" }, "a=1");
  await post("/csrf", "JSON", { "content-type": "application/json" }, "{}");

  await post("/limited", "short", {}, "12345");
  await post("/limited", "long", {}, "123456");
  await post("/limited-own", "short", form, "a=1");
  await post("/limited-own", "long", form, "a=12345");

  for (const path of ["/etag/text", "/etag/stream", "/etag/weak"]) {
    const { headers } = await get(path);
    await get(path, { as: "again", headers: { "if-none-match": headers.etag ?? "none" } });
    await get(path, { as: "other", headers: { "if-none-match": '"other"' } });
  }

  const { body: token } = await get("/token");
  await get("/jwt/who", { headers: { authorization: `Bearer ${token}` } });
  await get("/jwt/who", { as: "nobody" });
  await get("/jwt/who", { as: "forged", headers: { authorization: `Bearer ${token}x` } });
  for (const alg of ["HS256", "HS384", "HS512"]) await get(`/token/${alg}`);

  const basic = (text) => ({ authorization: `Basic ${Buffer.from(text).toString("base64")}` });
  await get("/basic");
  await get("/basic", { as: "ada", headers: basic("ada:secret") });
  await get("/basic", { as: "wrong", headers: basic("ada:other") });
  await get("/bearer", { as: "nobody" });
  await get("/bearer", { as: "right", headers: { authorization: "Bearer token" } });
  await get("/bearer", { as: "wrong", headers: { authorization: "Bearer other" } });

  await get("/cors", { headers: { origin: "http://a.example" } });
  await ask("OPTIONS", "/cors", {
    headers: { origin: "http://a.example", "access-control-request-method": "PUT" },
  });
  for (const path of ["/secure", "/pretty", "/pretty?pretty", "/powered", "/slow", "/trimmed/"]) {
    await get(path);
  }
  await post("/override", "as DELETE", form, "_method=DELETE");
  await get("/some");
  await get("/some", { as: "one", headers: basic("a:b") });
  for (const path of ["/except/open", "/except/closed", "/every", "/env"]) await get(path);
}
