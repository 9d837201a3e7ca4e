const SCRIPT = "text/javascript;charset=utf-8";

/** The types of the text files that a project can hold, as Bun names them. */
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
};

/** The content type of a file, by its name's ending. */
export function mimeType(name) {
  const ending = /\.([^./]+)$/.exec(name)?.[1].toLowerCase();
  return (Object.hasOwn(TYPES, ending ?? "") && TYPES[ending]) || "application/octet-stream";
}
