export default async function ({ get, socket }) {
  for (const path of ["/", "/facts", "/none", "/facts", "/peer", "/inner", "/second"]) {
    await get(path);
  }
  const ada = await socket("/chat?name=Ada", { who: "Ada" });
  await ada.hear();
  const bob = await socket("/chat?name=Bob", { who: "Bob" });
  await ada.hear();
  await bob.hear();
  await bob.say("hi");
  await ada.hear();
  bob.close(1000, "bye");
  await bob.rest();
  await ada.hear();
  await ada.hear();
  await get("/reload");
  await get("/none");
  await get("/");
}
