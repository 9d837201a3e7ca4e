export default async function ({ get }) {
  for (const name of [
    "assert",
    "crypto",
    "events",
    "path",
    "querystring",
    "url",
    "decoder",
    "timers",
    "util",
  ]) {
    await get(`/${name}`);
  }
}
