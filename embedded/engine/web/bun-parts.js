// Small members of Bun's global.

import { now, randomBytes, utf8Decode, widthOf } from "./host.js";
import { Blob } from "./blob.js";
import { Buffer } from "./buffer.js";
import { bytesOf, chunkBytes, concat, hex } from "./bytes.js";
import { deepEquals } from "./deep-equals.js";
import { Response } from "./response.js";
import { collect } from "./streams.js";
import { URL } from "./url.js";
import { VERSION } from "./version.js";

const ANSI = /\x1b\[[\d;?]*[A-Za-z]|\x1b\][^\x07]*\x07/g;

export const facts = {
  version: VERSION,
  version_with_sha: `v${VERSION} (sandbox)`,
  revision: "sandbox",
  main: "/server.js",
  argv: ["bun", "/server.js"],
  cwd: "/",
  origin: "",
  isMainThread: true,
  isStandaloneExecutable: false,
  enableANSIColors: false,
};

export const tools = {
  deepEquals,
  allocUnsafe: (size) => new Uint8Array(size),
  concatArrayBuffers: (buffers) => concat(buffers.map(bytesOf)).slice().buffer,
  fileURLToPath: (url) => decodeURIComponent(new URL(url).pathname),
  gc: () => 0,
  nanoseconds: () => now() * 1e6,
  pathToFileURL: (path) => new URL(`file://${path.startsWith("/") ? "" : "/"}${path}`),
  randomUUIDv7,
  stripANSI: (text) => String(text).replace(ANSI, ""),
  /** The columns that a text takes in a terminal. */
  stringWidth(text = "", { countAnsiEscapeCodes = false, ambiguousIsNarrow = true } = {}) {
    const shown = countAnsiEscapeCodes ? String(text) : String(text).replace(ANSI, "");
    return widthOf(shown, ambiguousIsNarrow);
  },
  indexOfLine(bytes, from = 0) {
    return bytesOf(bytes).indexOf(10, from);
  },
  readableStreamToArray: (stream) => collect(stream),
  readableStreamToBytes: bytes,
  readableStreamToArrayBuffer: async (stream) => (await bytes(stream)).buffer,
  readableStreamToBlob: async (stream) => new Blob([await bytes(stream)]),
  readableStreamToText: async (stream) => utf8Decode(await bytes(stream), false, false),
  readableStreamToJSON: async (stream) => JSON.parse(await tools.readableStreamToText(stream)),
  readableStreamToFormData(stream, boundary) {
    const type = boundary
      ? `multipart/form-data; boundary=${boundary}`
      : "application/x-www-form-urlencoded";
    return new Response(stream, { headers: { "content-type": type } }).formData();
  },
};

async function bytes(stream) {
  return concat((await collect(stream)).map(chunkBytes)).slice();
}

/** RFC 9562, section 5.7: the time in front, so that later ones sort behind. */
function randomUUIDv7(encoding = "hex", timestamp = Date.now()) {
  const time = Number(timestamp).toString(16).padStart(12, "0");
  const bytes = Buffer.concat([Buffer.from(time, "hex"), randomBytes(10)]);
  bytes[6] = 0x70 | (bytes[6] & 0x0f);
  bytes[8] = 0x80 | (bytes[8] & 0x3f);
  if (encoding === "buffer") return bytes;
  if (encoding === "base64" || encoding === "base64url") return bytes.toString(encoding);
  return hex(bytes).replace(/^(.{8})(.{4})(.{4})(.{4})/, "$1-$2-$3-$4-");
}
