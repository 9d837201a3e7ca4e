export default async function ({ get, stream, socket, wait }) {
  for (const path of ["/sse", "/sse-throws", "/text", "/pipe", "/address"]) await get(path);
  const endless = await stream("/endless", { who: "the endless" });
  await endless.until("data: 2\n\n");
  endless.leave();
  await wait(300);
  await get("/log");
  for (const path of ["/static/page.html", "/static/none.html", "/page", "/ws", "/ws-or-page"]) {
    await get(path);
  }
  const ada = await socket("/ws?name=Ada", { who: "Ada" });
  await ada.hear();
  await ada.say("hello");
  ada.send("close");
  await ada.rest();
  const bob = await socket("/ws?name=Bob", { who: "Bob" });
  await bob.hear();
  bob.close(1000, "bye");
  await bob.rest();
  await wait(100);
  await get("/log");
  const other = await socket("/ws-or-page", { who: "the other" });
  other?.close();
  await other?.rest();
}
