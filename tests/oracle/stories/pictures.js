// Bodies that are no text are told as their bytes.
export default async function ({ get, ask }) {
  for (const path of [
    "/",
    "/logo.png",
    "/favicon.ico",
    "/face.woff2",
    "/photo.webp",
    "/nul.bin",
    "/copy",
    "/part",
    "/written",
    "/facts",
  ]) {
    await get(path);
  }
  await ask("HEAD", "/logo.png");
  await get("/logo.png", { as: "a part", headers: { range: "bytes=1-3" } });
}
