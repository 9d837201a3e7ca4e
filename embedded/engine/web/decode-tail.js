import { concat } from "./bytes.js";

/** How many bytes a UTF-8 sequence has that begins with this byte; 0 when none does. */
const sequenceLength = (byte) =>
  byte >= 0xf0 && byte < 0xf5 ? 4 : byte >= 0xe0 ? (byte < 0xf0 ? 3 : 0) : byte >= 0xc2 ? 2 : 0;

/** How many bytes at the end begin a character that is not complete. */
function openUtf8(bytes) {
  for (let back = 1; back <= 3 && back <= bytes.length; back++) {
    const byte = bytes[bytes.length - back];
    if ((byte & 0xc0) === 0x80) continue;
    return sequenceLength(byte) > back ? back : 0;
  }
  return 0;
}

/** An odd byte, or a high surrogate that waits for its other half; `back` is where its high byte lies. */
const openUtf16 = (back) => (bytes) => {
  const odd = bytes.length % 2;
  const high = bytes.length - odd - back;
  return high >= 0 && (bytes[high] & 0xfc) === 0xd8 ? odd + 2 : odd;
};

const OPEN = { "utf-8": openUtf8, "utf-16le": openUtf16(1), "utf-16be": openUtf16(2) };

/** Keeps back the bytes of a character that was cut in two between chunks. */
export class DecodeTail {
  #open;
  #kept = new Uint8Array(0);

  constructor(encoding) {
    this.#open = OPEN[encoding];
  }

  /** The whole characters so far; everything that is left when no more comes. */
  take(bytes, more) {
    const all = this.#kept.length > 0 ? concat([this.#kept, bytes]) : bytes;
    const end = all.length - (more ? this.#open(all) : 0);
    this.#kept = all.slice(end);
    return all.subarray(0, end);
  }
}
