export default async function ({ get }) {
  const { body } = await get("/");
  for (const name of body.split(" ")) await get(`/${name}`);
}
