export default async function ({ socket, get }) {
  const ada = await socket("/ada", { who: "Ada" });
  const ben = await socket("/ben", { who: "Ben" });
  await get("/beat");
  await ada.hear();
  await ben.hear();
  ada.socket.send("pong", "are you there");
  await ada.say("here");
  await get("/beat");
  await ada.hear();
  await ben.rest();
  await get("/log");

  for (const type of ["nodebuffer", "arraybuffer", "uint8array"]) {
    const other = await socket(`/${type}?type=${type}`, { who: type });
    other.socket.send("ping", "hé");
    await other.hear();
    other.socket.send("pong");
    other.socket.send("text", "in ", { fin: false });
    other.socket.send("ping");
    await other.hear();
    other.socket.send("continuation", "pieces");
    await other.hear();
    other.socket.send("ping", "broken");
    await other.hear();
    await other.say("still here");
    other.close(1000);
    await other.rest();
  }
  await get("/log");
  await get("/own");
  await get("/log");
}
