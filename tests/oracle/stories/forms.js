const line = (...lines) => lines.map((text) => `${text}\r\n`).join("");
const part = (disposition, ...rest) =>
  `--B\r\nContent-Disposition: form-data; ${disposition}\r\n${rest.join("\r\n")}\r\n`;
const multipart = { "content-type": "multipart/form-data; boundary=B" };

export default async function ({ ask, post, get }) {
  for (const path of ["text", "bytes", "arrayBuffer", "blob", "pieces", "twice", "clone", "copy"]) {
    const headers = { "content-type": "text/plain;charset=utf-8" };
    await ask("POST", `/${path}`, { headers, body: "süß 🫐" });
    await ask("POST", `/${path}`, { as: "nothing", headers: { "content-length": "0" } });
  }
  await ask("POST", "/json", { body: '{"a":[1,2]}' });
  await ask("POST", "/json", { as: "broken", body: "{" });
  await get("/body");
  await ask("POST", "/body", { body: "x" });
  await post("/form", { a: "1", b: "zwei & drei", ü: "+" });
  await ask("POST", "/form", { as: "odd", headers: urlencoded, body: "a&b=&=c&a=%41%zz+&&d==e" });
  await ask("POST", "/form", {
    as: "text",
    headers: { "content-type": "text/plain" },
    body: "a=1",
  });
  await ask("POST", "/form", {
    as: "with files",
    headers: multipart,
    body:
      part('name="title"', "", "Héllo") +
      part('name="file"; filename="a ü.txt"', "Content-Type: text/x-a", "", "line\r\n--Bnot") +
      part('name="file"; filename=""', "Content-Type: application/octet-stream", "", "") +
      part('name="quo%22te"; filename="b.bin"', "", "bytes") +
      line("--B--"),
  });
  await ask("POST", "/form", { as: "cut", headers: multipart, body: part('name="a"', "", "b") });
  await ask("POST", "/form", { as: "empty", headers: multipart, body: line("--B--") });
  await ask("POST", "/form", { as: "not one", headers: multipart, body: "nothing of the kind" });
  const headers = { "X-B": "2", "x-a": " 1 ", "HX-Request": "true" };
  await get("/head?q=a%20b", { headers });
  await ask("PUT", "/head", { headers });
  await ask("POST", "/text", { as: "long", body: "x".repeat(300_000) });
}

const urlencoded = { "content-type": "application/x-www-form-urlencoded" };
