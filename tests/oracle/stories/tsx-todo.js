export default async function ({ get, post, ask }) {
  await get("/");
  await post("/todos", { text: " Write <more> " });
  await post("/todos", { text: " " });
  await post("/todos/2/toggle", {});
  await post("/todos/9/toggle", {});
  await get("/", { as: "two" });
  await ask("DELETE", "/todos/1");
  await ask("DELETE", "/todos/1", { as: "again" });
  await ask("DELETE", "/todos/2");
  await get("/", { as: "empty" });
  await get("/server.tsx");
}
