import { DOMException } from "./dom-exception.js";

const ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
const invalid = (message) => new DOMException(message, "InvalidCharacterError");

/** https://html.spec.whatwg.org/#dom-btoa: each character is one byte. */
export function btoa(binary) {
  const text = String(binary);
  let encoded = "";
  for (let at = 0; at < text.length; at += 3) {
    const [a, b, c] = [text.charCodeAt(at), text.charCodeAt(at + 1), text.charCodeAt(at + 2)];
    if (a > 255 || b > 255 || c > 255) throw invalid("The text has characters above U+00FF");
    const bits = (a << 16) | (b << 8) | c;
    encoded += ALPHABET[bits >> 18] + ALPHABET[(bits >> 12) & 63];
    encoded += at + 1 < text.length ? ALPHABET[(bits >> 6) & 63] : "=";
    encoded += at + 2 < text.length ? ALPHABET[bits & 63] : "=";
  }
  return encoded;
}

/** https://infra.spec.whatwg.org/#forgiving-base64-decode */
export function atob(encoded) {
  let text = String(encoded).replace(/[\t\n\f\r ]/g, "");
  if (text.length % 4 === 0) text = text.replace(/==?$/, "");
  if (text.length % 4 === 1 || /[^A-Za-z0-9+/]/.test(text)) {
    throw invalid("The text is not valid base64");
  }
  let binary = "";
  let bits = 0;
  for (let at = 0; at < text.length; at++) {
    bits = ((bits << 6) | ALPHABET.indexOf(text[at])) & 0xffffff;
    const rest = at % 4;
    if (rest > 0) binary += String.fromCharCode((bits >> (6 - 2 * rest)) & 255);
  }
  return binary;
}

/** base64url without padding (RFC 4648, section 5). */
export const toBase64Url = (bytes) =>
  btoa(String.fromCharCode(...bytes))
    .replaceAll("+", "-")
    .replaceAll("/", "_")
    .replaceAll("=", "");

export function fromBase64Url(text) {
  const binary = atob(text.replaceAll("-", "+").replaceAll("_", "/"));
  return Uint8Array.from(binary, (character) => character.charCodeAt(0));
}
