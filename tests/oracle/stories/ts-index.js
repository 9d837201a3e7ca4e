export default async function ({ get, stream }) {
  await get("/add?by=2");
  const events = await stream("/events");
  await events.until("data: 2\n\n");
  await get("/add");
  await events.until("data: 3\n\n");
  await get("/add?by=7");
  await events.rest();
  await get("/index.ts");
  await get("/none");
}
