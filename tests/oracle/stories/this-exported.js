export default async function ({ get }) {
  await get("/");
}
