export default async function ({ get }) {
  const paths = ["hash", "hasher", "classes", "packed", "streams", "widths", "promises", "waits"];
  for (const path of [...paths, "others"]) await get(`/${path}`);
}
