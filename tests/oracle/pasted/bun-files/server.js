// A small file store: upload, list, download in parts, packed for those who take it, and deleted.
import { extname } from "node:path";

const names = new Set();
const safe = (name) => name.replace(/[^\w.-]/g, "_").replace(/^\.+/, "");
const list = () =>
  [...names]
    .map((name) => `<li><a href="/files/${name}">${name}</a> (${Bun.file(name).type})</li>`)
    .join("");

export default {
  async fetch(req) {
    const url = new URL(req.url);
    if (url.pathname === "/") {
      return new Response(`<ul id="files">${list()}</ul>`, {
        headers: { "Content-Type": "text/html" },
      });
    }
    if (url.pathname === "/upload" && req.method === "POST") {
      const form = await req.formData();
      const saved = [];
      for (const file of form.getAll("file")) {
        if (!(file instanceof File) || !extname(file.name)) continue;
        const name = `up-${safe(file.name)}`;
        saved.push([name, await Bun.write(name, file)]);
        names.add(name);
      }
      return saved.length
        ? Response.json(saved, { status: 201 })
        : new Response("No file", { status: 400 });
    }
    const [, name] = /^\/files\/([^/]+)$/.exec(url.pathname) ?? [];
    if (!name || !names.has(name)) return new Response("Not found", { status: 404 });
    const file = Bun.file(name);
    if (req.method === "DELETE") {
      await file.delete();
      names.delete(name);
      return new Response(null, { status: 204 });
    }
    const bytes = await file.bytes();
    const headers = { ETag: `"${Bun.hash(bytes).toString(16)}"`, "Content-Type": file.type };
    if (req.headers.get("If-None-Match") === headers.ETag)
      return new Response(null, { status: 304, headers });
    const range = /^bytes=(\d+)-(\d*)$/.exec(req.headers.get("Range") ?? "");
    if (range) {
      const end = Math.min(Number(range[2] || bytes.length - 1), bytes.length - 1);
      const part = bytes.subarray(Number(range[1]), end + 1);
      headers["Content-Range"] = `bytes ${range[1]}-${end}/${bytes.length}`;
      return new Response(part, { status: 206, headers });
    }
    if (url.searchParams.has("packed") && req.headers.get("Accept-Encoding")?.includes("gzip")) {
      return new Response(Bun.gzipSync(bytes), {
        headers: { ...headers, "Content-Encoding": "gzip", Vary: "Accept-Encoding" },
      });
    }
    return new Response(bytes, { headers });
  },
};
