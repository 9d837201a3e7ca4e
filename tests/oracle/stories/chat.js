export default async function ({ socket, get, ask }) {
  await get("/plain");
  await get("/?name=nobody");
  await ask("POST", "/?name=nobody");
  const ada = await socket("/?name=ada", { who: "Ada" });
  await ada.hear();
  for (const text of [
    "data",
    "state",
    "address",
    "type",
    "sockets",
    "subscriptions",
    "isSubscribed room",
    "count room",
    "publish room nobody-hears",
    "all room nobody-hears",
    "subscribe room",
    "subscribe room",
    "isSubscribed room",
    "subscriptions",
    "count room",
    "publish room only-me",
    "unsubscribe other",
    "buffered",
    "change name ADA",
    "data",
  ]) {
    await ada.say(text);
  }

  const bob = await socket("/?name=bob", { who: "Bob" });
  await bob.hear();
  await bob.say("subscribe room");
  await ada.say("subscribe gone");
  await bob.say("sockets");
  for (const text of ["publish room hé", "publishText room hé", "publishBinary room hé"]) {
    await ada.say(text);
    await bob.hear();
  }
  for (const text of ["all room to-all", "allBytes room to-all"]) {
    await ada.say(text);
    await ada.hear();
    await bob.hear();
  }
  await get("/count/room");
  await get("/say/room/from-a-route");
  await ada.hear();
  await bob.hear();

  for (const text of [
    "sent üx",
    "sentText üx",
    "sentBinary üx",
    "sentBuffer üx",
    "empty",
    "cork in",
  ]) {
    await ada.say(text);
    await ada.hear();
  }
  for (const text of ["ping", "pingText beat", "pong", "pongText beat"]) {
    await ada.say(text);
    await ada.hear();
  }
  ada.sendBytes([0, 1, 255]);
  await ada.hear();
  ada.sendBytes([]);
  await ada.hear();
  ada.socket.send("text", "da", { fin: false });
  ada.socket.send("ping", "between");
  ada.socket.send("continuation", "ta");
  await ada.hear();
  await ada.hear();
  await ada.say("data");

  await bob.say("unsubscribe room");
  await ada.say("all room gone");
  await ada.hear();
  bob.close(4001, "bye");
  await bob.rest();
  await ada.hear();
  await get("/count/room");

  for (const path of ["/late", "/ignored", "/twice", "/no-data"]) {
    const other = await socket(path, { who: path });
    await other?.hear();
    await other?.say("data");
    other?.close(1000);
    await other?.rest();
    await ada.hear();
  }
  await get("/last");
}
