export default async function ({ get }) {
  for (const path of [
    "/",
    "/count",
    "/count",
    "/json",
    "/read",
    "/class",
    "/lazy",
    "/meta",
    "/failing",
  ]) {
    await get(path);
  }
}
