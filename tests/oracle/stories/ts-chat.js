export default async function ({ get, socket }) {
  const ada = await socket("/lobby?name=Ada", { who: "Ada" });
  await ada.hear();
  const bo = await socket("/lobby?name=Bo", { who: "Bo" });
  await bo.hear();
  await ada.say(JSON.stringify({ type: "who" }));
  ada.send(JSON.stringify({ type: "say", text: "<hi>" }));
  await bo.hear();
  await bo.say(JSON.stringify({ type: "move", room: "attic" }));
  await bo.say("no JSON");
  await get("/lobby");
  await get("/attic");
  await get("/");
  bo.close(1000, "bye");
  await bo.rest();
  await get("/attic", { as: "left" });
  ada.cut();
}
