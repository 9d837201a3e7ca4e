export default async function ({ get }) {
  for (const path of ["/same", "/encodings", "/from", "/parts", "/numbers"]) await get(path);
}
