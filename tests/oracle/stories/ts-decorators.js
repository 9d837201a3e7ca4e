export default async function ({ get }) {
  for (const path of ["/hello", "/said", "/label", "/none"]) await get(path);
}
