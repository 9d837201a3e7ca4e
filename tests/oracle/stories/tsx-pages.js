export default async function ({ get }) {
  const paths = [
    "/",
    "/late",
    "/path/a%20b",
    "/css",
    "/text",
    "/attributes",
    "/context",
    "/broken",
  ];
  for (const path of paths) await get(path);
}
