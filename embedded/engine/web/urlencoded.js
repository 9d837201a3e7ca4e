import { utf8Decode, utf8Encode, wellFormed } from "./host.js";

/** https://url.spec.whatwg.org/#urlencoded-parsing: pairs in their order. */
export function parseUrlencoded(text) {
  const pairs = [];
  for (const piece of text.split("&")) {
    if (piece === "") continue;
    const equals = piece.indexOf("=");
    const name = equals < 0 ? piece : piece.slice(0, equals);
    const value = equals < 0 ? "" : piece.slice(equals + 1);
    pairs.push([decode(name), decode(value)]);
  }
  return pairs;
}

export const serializeUrlencoded = (pairs) =>
  pairs.map(([name, value]) => `${encode(name)}=${encode(value)}`).join("&");

function decode(text) {
  const spaced = text.includes("+") ? text.replaceAll("+", " ") : text;
  if (!spaced.includes("%")) return spaced;
  try {
    return decodeURIComponent(spaced);
  } catch {
    return percentDecode(spaced);
  }
}

/** For what `decodeURIComponent` refuses: a lone `%`, and bytes that are not UTF-8. */
export function percentDecode(text) {
  const bytes = utf8Encode(text);
  const decoded = new Uint8Array(bytes.length);
  let length = 0;
  for (let at = 0; at < bytes.length; at++) {
    const digits = bytes[at] === 0x25 ? String.fromCharCode(bytes[at + 1], bytes[at + 2]) : "";
    const escaped = /^[0-9a-f]{2}$/i.test(digits);
    decoded[length++] = escaped ? parseInt(digits, 16) : bytes[at];
    if (escaped) at += 2;
  }
  return utf8Decode(decoded.subarray(0, length), false, true);
}

/** `encodeURIComponent` leaves five characters alone that a form escapes. */
const encode = (text) =>
  encodeURIComponent(wellFormed(text))
    .replace(/[!'()~]/g, (mark) => `%${mark.charCodeAt(0).toString(16).toUpperCase()}`)
    .replaceAll("%20", "+");
