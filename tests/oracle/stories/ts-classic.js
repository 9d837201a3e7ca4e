export default async function ({ get }) {
  await get("/");
  await get("/html.ts", { as: "a file of the project" });
}
