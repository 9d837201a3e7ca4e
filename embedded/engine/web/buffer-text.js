// The encodings of a Buffer.

import { bytesToText, textToBytes, utf8Decode, utf8Encode } from "./host.js";
import { unknownEncoding } from "./node-errors.js";

/** So many characters are made by one call. */
const PIECE = 4096;

const native = (name) => ({
  decode: (bytes) => bytesToText(bytes, name),
  encode: (text) => textToBytes(text, name),
});

const latin1 = native("latin1");

/** Each as `decode(bytes)` and `encode(text)`, by the name that Node gives it. */
const ENCODINGS = {
  utf8: { decode: (bytes) => utf8Decode(bytes, false, true), encode: utf8Encode },
  hex: native("hex"),
  base64: native("base64"),
  base64url: native("base64url"),
  latin1,
  ascii: {
    decode: (bytes) => latin1.decode(bytes.map((byte) => byte & 0x7f)),
    encode: latin1.encode,
  },
  utf16le: { decode: fromUnits, encode: toUnits },
};

const ALIASES = {
  "utf-8": "utf8",
  binary: "latin1",
  ucs2: "utf16le",
  "ucs-2": "utf16le",
  "utf-16le": "utf16le",
};

/** The name of an encoding as Node writes it; nothing for one that it does not know. */
export function encodingName(name) {
  if (name === undefined || name === null || name === "") return "utf8";
  const lower = String(name).toLowerCase();
  const known = ALIASES[lower] ?? lower;
  return Object.hasOwn(ENCODINGS, known) ? known : undefined;
}

export function encodingOf(name) {
  const known = encodingName(name);
  if (known === undefined) throw unknownEncoding(name);
  return ENCODINGS[known];
}

/** Bytes as a text of as many characters, to search in. */
export const characters = latin1.decode;

function fromUnits(bytes) {
  const units = Array.from(
    { length: bytes.length >> 1 },
    (_, at) => bytes[2 * at] | (bytes[2 * at + 1] << 8),
  );
  let text = "";
  for (let at = 0; at < units.length; at += PIECE) {
    text += String.fromCharCode(...units.slice(at, at + PIECE));
  }
  return text;
}

function toUnits(text) {
  const bytes = new Uint8Array(2 * text.length);
  for (let at = 0; at < text.length; at++) {
    const unit = text.charCodeAt(at);
    bytes[2 * at] = unit;
    bytes[2 * at + 1] = unit >> 8;
  }
  return bytes;
}
