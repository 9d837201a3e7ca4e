const SCRIPT = "text/javascript;charset=utf-8";

/** The types of files, as Bun names them. */
const TYPES = {
  html: "text/html;charset=utf-8",
  htm: "text/html;charset=utf-8",
  css: "text/css;charset=utf-8",
  js: SCRIPT,
  mjs: SCRIPT,
  cjs: SCRIPT,
  ts: SCRIPT,
  mts: SCRIPT,
  cts: SCRIPT,
  tsx: SCRIPT,
  jsx: SCRIPT,
  json: "application/json;charset=utf-8",
  map: "application/json;charset=utf-8",
  txt: "text/plain;charset=utf-8",
  svg: "image/svg+xml",
  md: "text/markdown",
  xml: "application/xml",
  csv: "text/csv",
  webmanifest: "application/manifest+json",
  yaml: "text/yaml",
  toml: "application/toml",
  ico: "image/x-icon",
  png: "image/png",
  jpg: "image/jpeg",
  jpeg: "image/jpeg",
  gif: "image/gif",
  webp: "image/webp",
  avif: "image/avif",
  bmp: "image/x-ms-bmp",
  woff: "font/woff",
  woff2: "font/woff2",
  ttf: "font/ttf",
  otf: "font/otf",
  mp3: "audio/mpeg",
  wav: "audio/x-wav",
  ogg: "audio/ogg",
  mp4: "video/mp4",
  webm: "video/webm",
  m4a: "audio/x-m4a",
  pdf: "application/pdf",
  zip: "application/zip",
  wasm: "application/wasm",
};

/** The content type of a file, by its name's ending. */
export function mimeType(name) {
  const ending = /\.([^./]+)$/.exec(name)?.[1].toLowerCase();
  return (Object.hasOwn(TYPES, ending ?? "") && TYPES[ending]) || "application/octet-stream";
}
