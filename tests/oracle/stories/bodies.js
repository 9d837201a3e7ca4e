export default async function ({ get, ask }) {
  const { body } = await get("/");
  for (const name of body.split(" ")) await get(`/${name}`);
  await get("/once", { as: "again" });
  for (const name of ["text", "none", "stream", "long", "204", "json", "length", "blob"]) {
    await ask("HEAD", `/${name}`);
  }
}
