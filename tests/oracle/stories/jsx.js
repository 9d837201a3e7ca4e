export default async function ({ get }) {
  await get("/");
  await get("/?name=Ada&name=%3CBo%3E");
  await get("/?name=string");
  await get("/server.jsx");
}
