export default async function ({ get }) {
  const paths = ["known", "made", "defaults", "long", "bytes", "broken", "kinds", "options"];
  for (const path of [...paths, "passwords", "at-once"]) await get(`/${path}`);
}
