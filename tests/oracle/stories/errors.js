export default async function ({ get }) {
  for (const path of [
    "/thrown",
    "/rejected",
    "/not-an-error",
    "/thrown-response",
    "/handler-throws",
    "/handler-gives-nothing",
    "/null",
    "/stack-titles",
    "/fine",
    "/missing",
  ]) {
    await get(path);
  }
}
