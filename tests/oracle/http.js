// One HTTP request as it stands on the wire: the path unchanged, nothing followed, nothing decoded.

import http from "node:http";

/** What says how the connection is used, or when; never the same twice. */
const OF_THE_CONNECTION = ["connection", "date", "keep-alive", "transfer-encoding"];

/** Longer than any answer takes, and short enough to wait for once. */
export const PATIENCE = 10_000;

/** Sends a request; resolves to Node's response, its body not read. */
export function begin(port, method, path, { headers = {}, body } = {}) {
  return new Promise((resolve, reject) => {
    const host = `127.0.0.1:${port}`;
    const options = { port, host: "127.0.0.1", method, path, agent: false };
    const request = http.request({ ...options, headers: { host, ...headers } });
    request.setTimeout(PATIENCE, () => request.destroy(new Error("no answer in time")));
    request.on("response", resolve);
    request.on("error", reject);
    request.end(body);
  });
}

/** Status, headers and body, or how it broke. */
export async function exchange(port, method, path, options = {}) {
  let response;
  try {
    response = await begin(port, method, path, options);
  } catch (error) {
    return { broken: error.code ?? error.message };
  }
  const { statusCode: status, statusMessage } = response;
  const { bytes, whole } = await contentOf(response);
  const body = options.asBytes ? bytes : shown(bytes);
  const seen = { status: `${status} ${statusMessage}`, headers: headersOf(response), body };
  return whole ? seen : { ...seen, cut: true };
}

/** Header fields by name; a name that comes twice has a list. */
export function headersOf({ rawHeaders }) {
  const headers = {};
  for (let at = 0; at < rawHeaders.length; at += 2) {
    const name = rawHeaders[at].toLowerCase();
    if (OF_THE_CONNECTION.includes(name)) continue;
    const value = rawHeaders[at + 1];
    headers[name] = name in headers ? [headers[name], value].flat() : value;
  }
  return headers;
}

async function contentOf(response) {
  const pieces = [];
  let whole = true;
  try {
    for await (const piece of response) pieces.push(piece);
  } catch {
    whole = false;
  }
  return { bytes: Buffer.concat(pieces), whole };
}

/** Bytes as text where they are UTF-8, else in hexadecimal. */
export function shown(bytes) {
  try {
    return new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    return `0x${bytes.toString("hex")}`;
  }
}
