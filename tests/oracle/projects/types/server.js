// Types of what a Response is made of: files, blobs, and their streams.
const blob = (type, part = "<p>Grüße") => new Blob([part], { type });

const made = {
  "file-stream": () => new Response(Bun.file("page.html").stream()),
  "file-stream-typed": () =>
    new Response(Bun.file("page.html").stream(), { headers: { "Content-Type": "text/x-own" } }),
  "file-stream-as": () => new Response(Bun.file("page.html", { type: "text/plain" }).stream()),
  "binary-stream": () => new Response(Bun.file("two.bin").stream()),
  "slice-stream": () => new Response(Bun.file("page.html").slice(0, 3).stream()),
  "file-as-text": () => new Response(Bun.file("page.html", { type: "text/plain" })),
  "file-as-own": () => new Response(Bun.file("page.html", { type: "text/x-own" })),
  "file-as-nothing": () => new Response(Bun.file("page.html", { type: "" })),
  "file-as-script": () => new Response(Bun.file("page.html", { type: "application/javascript" })),
  "blob-stream": () => new Response(blob("text/html").stream()),
  "blob-stream-plain": () => new Response(blob("").stream()),
  "blob-stream-picture": () => new Response(blob("image/png").stream()),
  "blob-html": () => new Response(blob("text/html")),
  "blob-css": () => new Response(blob("text/css")),
  "blob-json": () => new Response(blob("application/json", "{}")),
  "blob-csv": () => new Response(blob("text/csv")),
  "blob-form": () => new Response(blob("application/x-www-form-urlencoded", "a=b")),
  "blob-bytes": () => new Response(blob("text/html", new Uint8Array([65]))),
  "blob-empty": () => new Response(new Blob([], { type: "text/html" })),
  "named-file": () => new Response(new File(["<p>"], "a.html", { type: "text/html" })),
  "body-of-another": () => new Response(new Response(blob("text/html")).body),
};

const ENDINGS = `
  3gp 7z aac apng atom avi avif bin bmp br bz2 c cjs conf cpp css csv cts cue cur doc docx dot env eot eps epub exe
  flac geojson gif glb gltf go gz h hbs heic heif htm html ico ics ini jar java jpeg jpg js json json5 jsonc jsonld
  jsonl jsx jxl less lock log lua m3u m3u8 m4a m4v manifest map markdown md mdx mid midi mjs mkv mov mp3 mp4 mpd mpeg
  mpg mts ndjson odp ods odt oga ogg ogv opus otf patch pdf php png ppt pptx properties ps psd py rar rb rs rss rtf
  sass scss sh shtml sql srt svelte svg svgz tar text tgz tif tiff toml ts tsv tsx ttf ttl txt vcard vcf vtt vue wasm
  wat wav weba webm webmanifest webp woff woff2 xht xhtml xls xlsx xml xsd xsl xslt yaml yml zip zst unknown
`;

export default {
  routes: {
    "/endings": () =>
      Response.json(
        Object.fromEntries(
          ENDINGS.trim()
            .split(/\s+/)
            .map((ending) => [ending, Bun.file(`name.${ending}`).type]),
        ),
      ),
    "/own": () =>
      Response.json(
        Object.entries(made).map(([name, make]) => [name, make().headers.get("content-type")]),
      ),
    "/made/:name": (req) => made[req.params.name](),
    "/standing": new Response(blob("text/html")),
  },
  fetch: () => new Response("nothing", { status: 404 }),
};
