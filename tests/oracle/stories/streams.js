export default async function ({ stream, get, ask, wait, note }) {
  const ada = await stream("/events", { who: "Ada" });
  await ada.until("null\n\n");
  const bob = await stream("/events", { who: "Bob", headers: { "last-event-id": "7" } });
  await bob.until("last 7\n\n");
  await get("/say/one");
  await get("/say/z%C3%BC");
  await ada.until("data: zü\n\n");
  await bob.until("data: zü\n\n");
  bob.leave();
  await wait(200);
  await get("/log");
  await get("/say/still");
  await ada.until("still\n\n");
  await get("/end");
  await ada.rest();
  await get("/log");

  const eve = await stream("/events", { who: "Eve" });
  await eve.until("null\n\n");
  await get("/break");
  await eve.rest();

  const counted = await stream("/generator", { who: "the counter" });
  await counted.until("data: 3\n\n");
  counted.leave();
  await wait(200);
  await get("/log");

  const broken = await stream("/generator-throws", { who: "the broken" });
  await broken.until("begun");
  await broken.rest();

  for (const path of ["/pulled", "/transformed", "/bytes"]) await get(path);
  const large = await stream("/large", { who: "the large" });
  note("the large one's length", { length: (await large.rest()).seen.length });
  await ask("POST", "/echo", { body: "back to you" });
  await ask("HEAD", "/events");
}
