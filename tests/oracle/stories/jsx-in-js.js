export default async function ({ get }) {
  await get("/a%20%3Cb%3E");
}
