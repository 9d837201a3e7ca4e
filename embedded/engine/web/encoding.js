import { utf8Decode, utf8Encode } from "./host.js";
import { tag } from "./define.js";
import { bytesOf } from "./bytes.js";
import { DecodeTail } from "./decode-tail.js";

const LABELS = {
  "utf-8": /^(unicode-1-1-)?utf-?8$/,
  "utf-16le": /^(utf-16(le)?|ucs-2|unicode|iso-10646-ucs-2|csunicode|unicodefeff)$/,
  "utf-16be": /^(utf-16be|unicodefffe)$/,
  "windows-1252": /^(windows-1252|latin1|l1|iso-?8859-?1|(us-)?ascii|cp1252)$/,
};

/** Where windows-1252 differs from the first 256 characters of Unicode: 0x80 to 0x9F. */
const WINDOWS_1252 = "€\x81‚ƒ„…†‡ˆ‰Š‹Œ\x8dŽ\x8f\x90‘’“”•–—˜™š›œ\x9džŸ";

/** https://encoding.spec.whatwg.org/#interface-textencoder */
export class TextEncoder {
  get encoding() {
    return "utf-8";
  }
  encode(text = "") {
    return utf8Encode(String(text));
  }
  encodeInto(text, target) {
    let read = 0;
    let written = 0;
    for (const character of String(text)) {
      const bytes = utf8Encode(character);
      if (written + bytes.length > target.length) break;
      target.set(bytes, written);
      read += character.length;
      written += bytes.length;
    }
    return { read, written };
  }
}

/** https://encoding.spec.whatwg.org/#interface-textdecoder, for UTF-8, UTF-16 and windows-1252. */
export class TextDecoder {
  #encoding;
  #fatal;
  #ignoreBOM;
  #tail = null;
  #started = false;

  constructor(label = "utf-8", { fatal = false, ignoreBOM = false } = {}) {
    const wanted = String(label).trim().toLowerCase();
    this.#encoding = Object.keys(LABELS).find((name) => LABELS[name].test(wanted));
    if (!this.#encoding) throw new RangeError(`The encoding "${label}" is not supported`);
    this.#fatal = Boolean(fatal);
    this.#ignoreBOM = Boolean(ignoreBOM);
  }

  get encoding() {
    return this.#encoding;
  }
  get fatal() {
    return this.#fatal;
  }
  get ignoreBOM() {
    return this.#ignoreBOM;
  }

  decode(input, { stream = false } = {}) {
    const bytes = input === undefined ? new Uint8Array(0) : bytesOf(input);
    if (this.#encoding === "windows-1252") return latin(bytes);
    const utf8 = this.#encoding === "utf-8";
    if (utf8 && !stream && !this.#tail) return utf8Decode(bytes, this.#fatal, this.#ignoreBOM);

    this.#tail ??= new DecodeTail(this.#encoding);
    const whole = this.#tail.take(bytes, stream);
    const skipsMark = !this.#started && !this.#ignoreBOM;
    if (whole.length > 0) this.#started = true;
    if (!stream) {
      this.#tail = null;
      this.#started = false;
    }
    if (utf8) return utf8Decode(whole, this.#fatal, !skipsMark);
    return utf16(whole, this.#encoding, this.#fatal, skipsMark);
  }
}

tag(TextEncoder, "TextEncoder");
tag(TextDecoder, "TextDecoder");

function latin(bytes) {
  let text = "";
  for (const byte of bytes) {
    text += byte >= 0x80 && byte < 0xa0 ? WINDOWS_1252[byte - 0x80] : String.fromCharCode(byte);
  }
  return text;
}

function utf16(bytes, encoding, fatal, skipsMark) {
  const low = encoding === "utf-16le" ? 0 : 1;
  let text = "";
  for (let at = 0; at + 1 < bytes.length; at += 2) {
    text += String.fromCharCode(bytes[at + low] | (bytes[at + 1 - low] << 8));
  }
  if (bytes.length % 2 === 1) text += "\ud800";
  if (fatal && !text.isWellFormed()) {
    throw new TypeError(`The encoded text is not valid ${encoding}`);
  }
  text = text.toWellFormed();
  return skipsMark && text.startsWith("\ufeff") ? text.slice(1) : text;
}
