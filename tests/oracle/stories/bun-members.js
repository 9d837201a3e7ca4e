export default async function ({ get }) {
  const { body } = await get("/");
  for (const name of JSON.parse(body)) await get(`/${name}`);
}
