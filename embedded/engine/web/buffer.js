import { tag } from "./define.js";
import { addNumbers } from "./buffer-numbers.js";
import { copyOf, lengthOf } from "./buffer-source.js";
import { characters, encodingName, encodingOf } from "./buffer-text.js";
import { invalidType, outOfRange } from "./node-errors.js";

/** The longest that Bun makes, in bytes. */
const LONGEST = 2 ** 32;

/** Bytes that the console shows of one. */
const MOST_SHOWN = 50;

/** What Buffers are: bytes that know how to be text and numbers. https://nodejs.org/api/buffer.html */
class Bytes extends Uint8Array {
  toString(encoding, start = 0, end = this.length) {
    return encodingOf(encoding).decode(this.subarray(Math.max(start, 0), Math.max(end, 0)));
  }
  toLocaleString(encoding, start, end) {
    return this.toString(encoding, start, end);
  }
  toJSON() {
    return { type: "Buffer", data: Array.from(this) };
  }
  /** The console's form: in hexadecimal, the first bytes of many. */
  inspect() {
    const bytes = this.toString("hex", 0, MOST_SHOWN).match(/../g) ?? [];
    const rest = this.length - bytes.length;
    if (rest > 0) bytes.push(`... ${rest} more byte${rest > 1 ? "s" : ""}`);
    return `<${["Buffer", ...bytes].join(" ")}>`;
  }

  equals(other) {
    if (this === other) return true;
    return (
      this.length === needBytes("otherBuffer", other).length && Buffer.compare(this, other) === 0
    );
  }
  compare(other, start = 0, end = other.length, ownStart = 0, ownEnd = this.length) {
    needBytes("target", other);
    return Buffer.compare(this.subarray(ownStart, ownEnd), other.subarray(start, end));
  }

  /** The same memory, as Node has it. */
  subarray(start, end) {
    const from = within(start, this.length, 0);
    const to = within(end, this.length, this.length);
    return new Bytes(this.buffer, this.byteOffset + from, Math.max(0, to - from));
  }
  slice(start, end) {
    return this.subarray(start, end);
  }
  copy(target, to = 0, start = 0, end = this.length) {
    needBytes("target", target);
    if (to < 0) throw outOfRange("targetStart", ">= 0", to);
    if (start < 0 || start > this.length) {
      throw outOfRange("sourceStart", `>= 0 and <= ${this.length}`, start);
    }
    const count = Math.max(0, Math.min(end - start, this.length - start, target.length - to));
    if (count > 0) target.set(this.subarray(start, start + count), to);
    return count;
  }

  /** `write(text, offset, length, encoding)`, where those in the middle may be left out. */
  write(text, offset, length, encoding) {
    if (typeof text !== "string") throw invalidType("string", "of type string", text);
    if (typeof offset === "string") [offset, length, encoding] = [0, undefined, offset];
    else if (typeof length === "string") [length, encoding] = [undefined, length];
    const at = offset ?? 0;
    if (at < 0 || at > this.length) throw outOfRange("offset", `>= 0 and <= ${this.length}`, at);
    const room = Math.min(length ?? Infinity, this.length - at);
    const bytes = encodingOf(encoding).encode(text);
    const count = whole(bytes, room, encodingName(encoding));
    this.set(bytes.subarray(0, count), at);
    return count;
  }

  fill(value = 0, offset, end, encoding) {
    if (typeof offset === "string") [offset, encoding] = [undefined, offset];
    else if (typeof end === "string") [end, encoding] = [undefined, end];
    const [from, to] = [offset ?? 0, end ?? this.length];
    if (from < 0 || from > this.length)
      throw outOfRange("offset", `>= 0 and <= ${this.length}`, from);
    if (to < 0 || to > this.length) throw outOfRange("end", `>= 0 and <= ${this.length}`, to);
    if (typeof value !== "string" && !ArrayBuffer.isView(value)) {
      return super.fill(Number(value) & 0xff, from, to);
    }
    const pattern = typeof value === "string" ? encodingOf(encoding).encode(value) : value;
    if (pattern.length === 0) return super.fill(0, from, to);
    this.set(pattern.subarray(0, Math.max(0, to - from)), from);
    // What is there already is doubled, so that a long Buffer takes few calls.
    for (let done = pattern.length; from + done < to; done *= 2) {
      this.copyWithin(from + done, from, from + Math.min(done, to - from - done));
    }
    return this;
  }

  indexOf(value, from, encoding) {
    return search(this, value, from, encoding, "indexOf");
  }
  lastIndexOf(value, from, encoding) {
    return search(this, value, from, encoding, "lastIndexOf");
  }
  includes(value, from, encoding) {
    return this.indexOf(value, from, encoding) !== -1;
  }

  swap16() {
    return swapped(this, 2);
  }
  swap32() {
    return swapped(this, 4);
  }
  swap64() {
    return swapped(this, 8);
  }

  get parent() {
    return this.buffer;
  }
  get offset() {
    return this.byteOffset;
  }
}

/** With and without `new`, which Node has given up but does not forbid. */
export function Buffer(source, encoding, length) {
  return typeof source === "number" ? Buffer.alloc(source) : Buffer.from(source, encoding, length);
}

Object.setPrototypeOf(Buffer, Uint8Array);
const statics = {
  from(source, encoding, length) {
    return bufferOf(copyOf(source, encoding, length));
  },
  alloc: (size, fill, encoding) =>
    fill === undefined ? sized(size) : sized(size).fill(fill, encoding),
  allocUnsafe: (size) => sized(size),
  allocUnsafeSlow: (size) => sized(size),
  copyBytesFrom(view, offset = 0, length = view.length - offset) {
    const { buffer, byteOffset, byteLength } = view.slice(offset, offset + length);
    return new Bytes(buffer, byteOffset, byteLength);
  },
  concat(list, length) {
    if (!Array.isArray(list)) throw invalidType("list", "an instance of Array", list);
    const all = sized(length ?? list.reduce((sum, bytes) => sum + bytes.length, 0));
    let at = 0;
    for (const [number, bytes] of list.entries()) {
      needBytes(`list[${number}]`, bytes);
      all.set(bytes.subarray(0, all.length - at), at);
      at = Math.min(all.length, at + bytes.length);
    }
    return all;
  },
  compare(a, b) {
    const length = Math.min(needBytes("buf1", a).length, needBytes("buf2", b).length);
    for (let at = 0; at < length; at++) if (a[at] !== b[at]) return a[at] < b[at] ? -1 : 1;
    return Math.sign(a.length - b.length);
  },
  isBuffer: (value) => value instanceof Bytes,
  isEncoding: (name) => typeof name === "string" && name !== "" && encodingName(name) !== undefined,
  byteLength: lengthOf,
};
for (const [name, value] of Object.entries(statics)) {
  Object.defineProperty(Buffer, name, {
    value,
    writable: true,
    configurable: true,
    enumerable: true,
  });
}
Buffer.poolSize = 8192;
Buffer.prototype = Bytes.prototype;
Object.defineProperty(Bytes.prototype, "constructor", {
  value: Buffer,
  writable: true,
  configurable: true,
});
/** What is made of a Buffer by the methods of arrays is one as well. */
Object.defineProperty(Buffer, Symbol.species, { get: () => Buffer, configurable: true });
tag(Buffer, "Buffer");
// An instance says that it is a Uint8Array, as in Node.
delete Bytes.prototype[Symbol.toStringTag];
Bytes.prototype[Symbol.for("nodejs.util.inspect.custom")] = Bytes.prototype.inspect;
addNumbers(Bytes.prototype);
for (const encoding of [
  "utf8",
  "hex",
  "base64",
  "base64url",
  "latin1",
  "ascii",
  "utf16le",
  "ucs2",
]) {
  const methods = {
    [`${encoding}Slice`](start, end) {
      return this.toString(encoding, start, end);
    },
    [`${encoding}Write`](text, offset, length) {
      return this.write(text, offset, length, encoding);
    },
  };
  for (const [name, value] of Object.entries(methods)) {
    Object.defineProperty(Bytes.prototype, name, { value, writable: true, configurable: true });
  }
}

/** The same bytes as a Buffer, without a copy. */
export const bufferOf = ({ buffer, byteOffset, length }) => new Bytes(buffer, byteOffset, length);

function sized(size) {
  if (typeof size !== "number") throw invalidType("size", "of type number", size);
  if (!(size >= 0 && size <= LONGEST)) {
    throw outOfRange("size", `>= 0 && <= ${LONGEST}`, size);
  }
  return new Bytes(size);
}

/** A place in so many bytes; negative ones count from the end. */
function within(place, length, usual) {
  if (place === undefined) return usual;
  const whole = Math.trunc(Number(place)) || 0;
  return Math.min(Math.max(whole < 0 ? length + whole : whole, 0), length);
}

function needBytes(name, value) {
  if (value instanceof Uint8Array) return value;
  throw invalidType(name, "an instance of Buffer or Uint8Array", value);
}

/** How many of these bytes are written where there is room for so many: no half of a character. */
function whole(bytes, room, encoding) {
  if (bytes.length <= room) return bytes.length;
  if (encoding === "utf16le") return room - (room % 2);
  let count = room;
  if (encoding === "utf8") while (count > 0 && (bytes[count] & 0xc0) === 0x80) count -= 1;
  return count;
}

function search(bytes, value, from, encoding, method) {
  if (typeof from === "string") [from, encoding] = [undefined, from];
  const backwards = method === "lastIndexOf";
  let at = Number(from ?? NaN);
  if (Number.isNaN(at)) at = backwards ? bytes.length : 0;
  if (at < 0) at += bytes.length;
  if (at < 0) {
    if (backwards) return -1;
    at = 0;
  }
  if (typeof value === "number") value = Uint8Array.of(value & 0xff);
  else if (typeof value === "string") value = encodingOf(encoding).encode(value);
  else if (!(value instanceof Uint8Array)) {
    const expected = "one of type number or string or an instance of Buffer or Uint8Array";
    throw invalidType("value", expected, value);
  }
  if (value.length === 0) return Math.min(at, bytes.length);
  return characters(bytes)[method](characters(value), at);
}

function swapped(bytes, size) {
  if (bytes.length % size !== 0) {
    const message = `Buffer size must be a multiple of ${8 * size}-bits`;
    throw Object.assign(new RangeError(message), { code: "ERR_INVALID_BUFFER_SIZE" });
  }
  for (let at = 0; at < bytes.length; at += size) {
    Uint8Array.prototype.reverse.call(bytes.subarray(at, at + size));
  }
  return bytes;
}
