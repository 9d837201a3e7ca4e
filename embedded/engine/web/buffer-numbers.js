// A Buffer's methods for numbers: `readInt16BE`, `writeDoubleLE` and their like.

import { invalidType, outOfRange } from "./node-errors.js";

const viewOf = ({ buffer, byteOffset, byteLength }) => new DataView(buffer, byteOffset, byteLength);

/** Names of Node's, those of DataView, and bytes. */
const KINDS = [
  ["Int8", "Int8", 1],
  ["UInt8", "Uint8", 1],
  ["Int16", "Int16", 2],
  ["UInt16", "Uint16", 2],
  ["Int32", "Int32", 4],
  ["UInt32", "Uint32", 4],
  ["BigInt64", "BigInt64", 8],
  ["BigUInt64", "BigUint64", 8],
  ["Float", "Float32", 4],
  ["Double", "Float64", 8],
];

/** Adds all of them to a prototype. */
export function addNumbers(prototype) {
  const add = (name, method) => {
    // `readUInt8` is called `readUint8` as well.
    for (const each of new Set([name, name.replace("UInt", "Uint")])) {
      Object.defineProperty(prototype, each, { value: method, writable: true, configurable: true });
    }
  };
  for (const [name, kind, size] of KINDS) {
    for (const order of size === 1 ? [""] : ["LE", "BE"]) {
      const [get, set] = [`get${kind}`, `set${kind}`];
      const isLittle = order === "LE";
      add(`read${name}${order}`, function (offset = 0) {
        checkOffset(this, offset, size);
        return viewOf(this)[get](offset, isLittle);
      });
      add(`write${name}${order}`, function (value, offset = 0) {
        checkValue(kind, size, value);
        checkOffset(this, offset, size);
        viewOf(this)[set](offset, value, isLittle);
        return offset + size;
      });
    }
  }
  for (const order of ["LE", "BE"]) {
    add(`readUInt${order}`, function (offset, size) {
      return Number(readWhole(this, offset, size, order, false));
    });
    add(`readInt${order}`, function (offset, size) {
      return Number(readWhole(this, offset, size, order, true));
    });
    for (const [name, isSigned] of [
      ["UInt", false],
      ["Int", true],
    ]) {
      add(`write${name}${order}`, function (value, offset, size) {
        return writeWhole(this, value, offset, size, order, isSigned);
      });
    }
  }
}

function checkOffset(bytes, offset, size) {
  if (typeof offset !== "number") throw invalidType("offset", "of type number", offset);
  const last = bytes.length - size;
  if (!Number.isInteger(offset)) throw outOfRange("offset", "an integer", offset);
  if (last < 0) {
    const message = "Attempt to access memory outside buffer bounds";
    throw Object.assign(new RangeError(message), { code: "ERR_BUFFER_OUT_OF_BOUNDS" });
  }
  if (offset < 0 || offset > last) throw outOfRange("offset", `>= 0 and <= ${last}`, offset);
}

function checkValue(kind, size, value) {
  if (kind.startsWith("Float")) return;
  const isBig = kind.startsWith("Big");
  if (isBig && typeof value !== "bigint") throw invalidType("value", "of type bigint", value);
  checkBounds(value, 8 * size, !kind.includes("Uint"));
}

/** Whole numbers of so many bits; what is no number at all is written as zero, as Node does. */
function checkBounds(value, bits, isSigned) {
  const one = typeof value === "bigint" ? 1n : 1;
  const width = typeof value === "bigint" ? BigInt(bits) : bits;
  const two = one + one;
  const low = isSigned ? -(two ** (width - one)) : one - one;
  const high = (isSigned ? two ** (width - one) : two ** width) - one;
  if (value >= low && value <= high) return;
  if (!(value < low || value > high)) return;
  const n = typeof value === "bigint" ? "n" : "";
  const power = isSigned ? bits - 1 : bits;
  const range =
    bits <= 32
      ? `>= ${low} and <= ${high}`
      : `>= ${isSigned ? `-(2${n} ** ${power}${n})` : `0${n}`} and < 2${n} ** ${power}${n}`;
  throw outOfRange("value", range, value);
}

function checkSize(size) {
  if (typeof size !== "number") throw invalidType("byteLength", "of type number", size);
  if (!Number.isInteger(size) || size < 1 || size > 6) {
    throw outOfRange("byteLength", ">= 1 and <= 6", size);
  }
}

function readWhole(bytes, offset, size, order, isSigned) {
  checkSize(size);
  checkOffset(bytes, offset, size);
  let value = 0n;
  for (let at = 0; at < size; at++) {
    const byte = bytes[offset + (order === "BE" ? at : size - 1 - at)];
    value = (value << 8n) | BigInt(byte);
  }
  return isSigned ? BigInt.asIntN(8 * size, value) : value;
}

function writeWhole(bytes, value, offset, size, order, isSigned) {
  checkSize(size);
  checkBounds(Number(value), 8 * size, isSigned);
  checkOffset(bytes, offset, size);
  let rest = BigInt.asUintN(8 * size, BigInt(Math.trunc(Number(value)) || 0));
  for (let at = 0; at < size; at++) {
    bytes[offset + (order === "LE" ? at : size - 1 - at)] = Number(rest & 0xffn);
    rest >>= 8n;
  }
  return offset + size;
}
