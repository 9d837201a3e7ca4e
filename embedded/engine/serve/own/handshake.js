import { DOMException, TextEncoder, URL, btoa, crypto, web } from "../host.js";

const SCHEMES = { "http:": "ws:", "https:": "wss:", "ws:": "ws:", "wss:": "wss:" };
/** The longest reason in a close frame, in bytes. */
const REASON = 123;

/** Where a socket leads, or what is wrong with it. */
export function checkedUrl(text) {
  const url = URL.parse(String(text));
  if (!url) throw new SyntaxError(`Invalid url for WebSocket ${text}`);
  const scheme = SCHEMES[url.protocol];
  if (!scheme) throw new SyntaxError(`Wrong url scheme for WebSocket ${url.href}`);
  const whole = new URL(url.href.replace(url.protocol, scheme));
  if (whole.hash) throw new SyntaxError(`URL has fragment component ${whole.href}`);
  return whole;
}

/** The subprotocols of a string, a list, or Bun's `{ protocols, protocol }`. */
export function protocolsOf(options) {
  const isList = typeof options === "string" || Array.isArray(options);
  const given = isList ? options : (options?.protocols ?? options?.protocol ?? []);
  const protocols = [given].flat().map(String);
  const double = protocols.find((each, at) => protocols.indexOf(each) < at);
  if (double !== undefined) {
    throw new SyntaxError(`WebSocket protocols contain duplicates: '${double}'`);
  }
  return protocols;
}

/** The headers of the request: RFC 6455, section 4.1. */
export function handshake(url, protocols, headers) {
  const key = btoa(String.fromCharCode(...crypto.getRandomValues(new Uint8Array(16))));
  const own = {
    host: url.host,
    connection: "Upgrade",
    upgrade: "websocket",
    "sec-websocket-version": "13",
    "sec-websocket-key": key,
    "sec-websocket-extensions": "permessage-deflate; client_max_window_bits",
  };
  if (protocols.length > 0) own["sec-websocket-protocol"] = protocols.join(", ");
  const fields = web.fieldsOf(headers);
  for (const [name, value] of Object.entries(own)) {
    if (web.fieldValue(fields, name) === undefined) fields.push(name, value);
  }
  return fields;
}

/** A code that may stand in a close frame; undefined for none. */
export function checkCode(code) {
  if (code === undefined) return undefined;
  const number = Math.trunc(Number(code)) || 0;
  const isReserved = number >= 1004 && number <= 1006;
  const isCode = (number >= 1000 && number <= 1014) || (number >= 3000 && number <= 4999);
  if (isCode && !isReserved) return number;
  throw new DOMException(
    "The close code must be a valid WebSocket close code (1000-1014, excluding the reserved codes 1004-1006, " +
      `or in the range of 3000 to 4999). Received ${number}.`,
    "InvalidAccessError",
  );
}

export function checkReason(reason) {
  const text = String(reason);
  const { length } = new TextEncoder().encode(text);
  if (length <= REASON) return text;
  throw new SyntaxError(
    `The close reason must not be greater than ${REASON} UTF-8 bytes. Received ${length} bytes.`,
  );
}
