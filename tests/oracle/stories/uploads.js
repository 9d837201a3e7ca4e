import { gzipSync } from "node:zlib";
import { exchange } from "../http.js";

const text = (length) => "blåbär och hallon, ".repeat(length / 19);
const json = (length) => JSON.stringify({ list: text(length).split(",") });
const form = (length) =>
  [
    "--B",
    'Content-Disposition: form-data; name="name"',
    "",
    "Ada",
    "--B",
    'Content-Disposition: form-data; name="file"; filename="a.csv"',
    "Content-Type: text/csv",
    "",
    text(length),
    "--B--",
    "",
  ].join("\r\n");

const WAYS = "text bytes buffer blob stream twin copy twice late hasher";
// Bun closes a connection whose body nobody reads; a client that is still sending may find it broken.
const LEAVING = "reader ignored";

export default async function ({ ask, note, port }) {
  for (const length of [1_000, 100_000, 2_000_000]) {
    const post = (path, body, type = "application/x-berries") =>
      ask("POST", path, { as: `${length}`, headers: { "content-type": type }, body });
    const ways = length > 1_000 ? WAYS : `${WAYS} ${LEAVING}`;
    for (const way of ways.split(" ")) await post(`/${way}`, text(length));
    if (length > 1_000) await post("/echo", text(length));
    await post("/json", json(length), "application/json");
    await post("/form", form(length), "multipart/form-data; boundary=B");
    await post("/unpacked", gzipSync(text(length), { level: 0 }), "application/gzip");
  }
  for (const length of [3_000_000, 3_000_001]) {
    const { status } = await exchange(port, "POST", "/bytes", { body: "x".repeat(length) });
    // Bun says 413 and closes at once; a client that is still sending may find the connection broken instead.
    note(`${length} bytes`, status?.startsWith("200") ? "taken" : "refused");
  }
}
