export default async function ({ get, ask }) {
  for (const path of [
    "/response",
    "/direct",
    "/direct/open",
    "/direct/read",
    "/buffer",
    "/tools",
    "/types",
    "/proxies",
    "/headers",
    "/nowhere",
  ]) {
    await get(path);
  }
  await ask("POST", "/pieces", { body: Buffer.alloc(300_000, 1) });
}
