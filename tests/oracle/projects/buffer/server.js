// Buffer and node:buffer: what they make of texts, numbers and each other.
import { Buffer as Imported, constants, isAscii, isUtf8, transcode } from "node:buffer";
import bare from "buffer";

const outcome = (act) => {
  try {
    const value = act();
    return typeof value === "bigint" ? `${value}n` : value;
  } catch (error) {
    return [error.name, error.code ?? null, error.message];
  }
};
const all = (acts) => Response.json(acts.map(outcome));
const hex = (bytes) => bytes.toString("hex");
const ENCODINGS = [
  "utf8",
  "hex",
  "base64",
  "base64url",
  "latin1",
  "ascii",
  "utf16le",
  "binary",
  "UTF-8",
];
const bytes = Buffer.from("Blåbær 🫐 & cream");

const routes = {
  "/same": () =>
    all([
      () => Imported === Buffer,
      () => bare.Buffer === Buffer,
      () => Buffer.name,
      () => Object.prototype.toString.call(bytes),
      () => Buffer.isBuffer(bytes) && !Buffer.isBuffer(new Uint8Array(1)),
      () => bytes.map((byte) => byte) instanceof Buffer,
      () => bytes.constructor === Buffer,
      () => Buffer.poolSize,
      () => typeof constants.MAX_LENGTH,
      () => [isAscii(bytes), isUtf8(bytes), isUtf8(Buffer.from([0xff]))],
      () => hex(transcode(Buffer.from("é"), "utf8", "latin1")),
    ]),
  "/encodings": () =>
    all(
      ENCODINGS.flatMap((name) => [
        () => bytes.toString(name),
        () => hex(Buffer.from("aGk-_/+ ÿ0g=x", name)),
        () => Buffer.byteLength("héllo", name),
        () => Buffer.isEncoding(name),
      ]),
    ),
  "/from": () =>
    all([
      () => hex(Buffer.from([1, 2.7, -1, 256, "3"])),
      () => hex(Buffer.from(new Uint16Array([1, 258]))),
      () => hex(Buffer.from(Uint8Array.of(1, 2, 3).buffer, 1, 1)),
      () => hex(Buffer.from(JSON.parse(JSON.stringify(bytes)))),
      () => hex(Buffer.from({ length: 2, 0: 7, 1: 8 })),
      () => hex(Buffer.from(new String("hi"))),
      () => hex(Buffer.from({ [Symbol.toPrimitive]: () => "there" })),
      () => hex(Buffer.alloc(5, "ab")),
      () => hex(Buffer.alloc(23, "abc").fill("héé", 4, 21).fill("zz", 9, 9)),
      () => hex(Buffer.alloc(9, "-").fill("00ff", 2, 8, "hex")),
      () => hex(Buffer.alloc(3, 1)),
      () => hex(Buffer.allocUnsafe(4).fill(0)),
      () => hex(Buffer.concat([Buffer.from("a"), Buffer.from("bc")], 5)),
      () => hex(Buffer.concat([Buffer.from("abc"), Buffer.from("de")], 4)),
      () => hex(Buffer("old")),
      () => hex(new Buffer(3)),
      () => Buffer.from(5),
      () => Buffer.from(null),
      () => Buffer.from({}),
      () => Buffer.from("a", "klingon"),
      () => Buffer.alloc("5"),
      () => Buffer.alloc(-1),
      () => Buffer.concat("no"),
    ]),
  "/parts": () => {
    const copy = Buffer.from(bytes);
    const target = Buffer.alloc(6, ".");
    return all([
      () => copy.copy(target, 1, 0, 3) + target.toString(),
      () => copy.subarray(-5).toString(),
      () => copy.slice(0, 3).fill("x") && copy.toString(),
      () => copy.subarray(2, 1).length,
      () => copy.indexOf("&") + copy.indexOf(Buffer.from("cream")) + copy.indexOf(0x62),
      () => [
        copy.indexOf("zzz"),
        copy.lastIndexOf("e"),
        copy.includes("cream", 5),
        copy.indexOf("", 3),
      ],
      () => [copy.indexOf("x", -3), copy.indexOf("x", 2), copy.lastIndexOf("x", 1)],
      () => [
        Buffer.from("a").compare(Buffer.from("b")),
        Buffer.compare(bytes, copy),
        bytes.equals(bytes),
      ],
      () => target.write("héé", 1, 4) + hex(target),
      () => target.write("ff00", "hex") + hex(target),
      () => hex(Buffer.from([1, 2, 3, 4]).swap16()) + hex(Buffer.from([1, 2, 3, 4]).swap32()),
      () => Buffer.from([1]).swap16(),
      () => [...copy.entries()].length + [...copy.keys()].at(-1),
      () => target.write(5),
      () => copy.equals("text"),
      () => copy.indexOf({}),
      () => [target.utf8Slice(1, 3), target.hexSlice(0, 2), target.toString("latin1", 2)],
    ]);
  },
  "/numbers": () => {
    const numbers = Buffer.alloc(16);
    return all([
      () => numbers.writeInt16BE(-2, 0) + hex(numbers),
      () => numbers.writeUInt32LE(0xdeadbeef, 2) + hex(numbers),
      () => [
        numbers.readInt16BE(0),
        numbers.readUInt16LE(0),
        numbers.readUint32LE(2),
        numbers.readInt32BE(2),
      ],
      () => numbers.writeDoubleBE(Math.PI, 8) + numbers.readDoubleBE(8),
      () => numbers.writeFloatLE(1.5, 4) + numbers.readFloatLE(4),
      () => numbers.writeBigInt64LE(-5n, 0) && numbers.readBigInt64LE(0),
      () => numbers.writeBigUInt64BE(2n ** 60n, 0) && numbers.readBigUint64BE(0),
      () => numbers.writeUIntBE(0x123456, 0, 3) + hex(numbers),
      () => [numbers.readUIntBE(0, 3), numbers.readIntLE(0, 6), numbers.readIntBE(1, 2)],
      () => numbers.writeIntLE(-70000, 1, 3) + hex(numbers),
      () => numbers.writeUInt8(256, 0),
      () => numbers.writeInt8(-129, 0),
      () => numbers.writeInt32LE(2 ** 40, 0),
      () => numbers.readUInt8(16),
      () => numbers.readUInt8(1.5),
      () => numbers.readUInt8("1"),
      () => numbers.readInt16LE(),
      () => Buffer.alloc(1).readInt32LE(0),
    ]);
  },
};

export default {
  fetch(req) {
    return routes[new URL(req.url).pathname]();
  },
};
