const PATHS = [
  "/assets/plain.txt",
  "/assets/plain.txt?v=1",
  "/assets/plain.txt/",
  "/assets/own",
  "/assets",
  "/assets/",
  "/assets/none.txt",
  "/assets/%70lain.txt",
  "/assets/deep%2Fa.json",
  "/assets/deep//a.json",
  "/assets/deep",
  "/assets/deep?v=1",
  "/assets/deep/",
  "/assets/deep/a.json",
  "/deep/",
  "/deep/a.json",
  "/deep/plain.txt",
];

export default async function ({ get }) {
  const seen = (path, method = "GET", rest = "") =>
    get(`/seen?method=${method}&path=${encodeURIComponent(path)}${rest}`);
  for (const path of PATHS) await seen(path);
  for (const method of ["HEAD", "POST"]) await seen("/assets/plain.txt", method);
  for (const range of ["bytes=0-3", "bytes=-4", "bytes=99-"]) {
    await seen("/assets/plain.txt", "GET", `&range=${range}`);
  }
  await get("/again");
  await get("/wrong");
}
