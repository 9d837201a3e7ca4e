const CLOSES = [
  "close 1000 done",
  "close 4999",
  "close 1005",
  "close 1006",
  "close 0",
  "close 999",
  "close 99999",
  "close 5000",
  "closeText",
  "longReason",
];

export default async function ({ socket, get }) {
  await get("/page");
  await get("/log");
  const ada = await socket("/ada", { who: "Ada" });
  for (const text of ["blob", "publishBlob", "number", "object", "view"]) await ada.say(text);
  for (const text of ["nothing", "null", "named"]) ada.send(text);
  for (const type of ["nodebuffer", "arraybuffer", "uint8array"]) {
    ada.send(`type ${type}`);
    ada.sendBytes([104, 195, 169]);
    await ada.hear();
  }
  await ada.say("throw number");
  await get("/log");

  for (const [path, headers] of [
    ["/first", { "sec-websocket-protocol": "chat.v1, chat.v2" }],
    ["/own?protocol=chat.v2", { "sec-websocket-protocol": "chat.v1, chat.v2" }],
    ["/unasked?protocol=chat.v9", {}],
    ["/cookies", { cookie: "old=1" }],
  ]) {
    const other = await socket(path, { who: path, headers });
    other?.close(1000, "enough");
    await other?.rest();
    await ada.hear();
  }
  await get("/log");

  for (const [index, text] of CLOSES.entries()) {
    const other = await socket(`/c${index}`, { who: text });
    other.send(text);
    if (text === "closeText") other.close(1000);
    await other.rest();
    await ada.hear();
  }
  await get("/log");

  for (const path of ["/broken", "/broken-close"]) {
    const other = await socket(path, { who: path });
    other.close(1000);
    await other.rest();
    await ada.hear();
  }
  await get("/log");
}
