// Small members of Bun's global.

import { now, randomBytes, utf8Decode } from "./host.js";
import { Blob } from "./blob.js";
import { bytesOf, chunkBytes, concat, hex } from "./bytes.js";
import { deepEquals } from "./deep-equals.js";
import { Response } from "./response.js";
import { collect } from "./streams.js";
import { fetch } from "./unavailable.js";
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
  fetch,
  deepEquals,
  allocUnsafe: (size) => new Uint8Array(size),
  concatArrayBuffers: (buffers) => concat(buffers.map(bytesOf)).slice().buffer,
  fileURLToPath: (url) => decodeURIComponent(new URL(url).pathname),
  gc: () => 0,
  nanoseconds: () => now() * 1e6,
  pathToFileURL: (path) => new URL(`file://${path.startsWith("/") ? "" : "/"}${path}`),
  randomUUIDv7,
  stripANSI: (text) => String(text).replace(ANSI, ""),
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
function randomUUIDv7(encoding, timestamp = Date.now()) {
  const random = randomBytes(10);
  random[0] = 0x70 | (random[0] & 0x0f);
  random[2] = 0x80 | (random[2] & 0x3f);
  const digits = hex(random);
  const time = Number(timestamp).toString(16).padStart(12, "0");
  return [
    time.slice(0, 8),
    time.slice(8),
    digits.slice(0, 4),
    digits.slice(4, 8),
    digits.slice(8),
  ].join("-");
}
