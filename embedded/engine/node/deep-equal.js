// Whether two values are equal in all that they hold, as node:assert and node:util compare.

/** `strict` asks for the same prototypes and symbols as well. In neither is "1" equal to 1, as Bun has it. */
export const isDeepEqual = (a, b, strict) => equal(a, b, strict, []);

function equal(a, b, strict, seen) {
  if (Object.is(a, b) || (!strict && a === b)) return true;
  const isObject = (value) => typeof value === "object" && value !== null;
  if (!isObject(a) || !isObject(b)) return false;
  if (strict && Object.getPrototypeOf(a) !== Object.getPrototypeOf(b)) return false;
  const tag = Object.prototype.toString.call(a);
  if (tag !== Object.prototype.toString.call(b) || Array.isArray(a) !== Array.isArray(b))
    return false;
  if (seen.some(([x, y]) => x === a && y === b)) return true;
  const path = [...seen, [a, b]];
  const same = (x, y) => equal(x, y, strict, path);
  return sameInside(a, b, strict, same) && sameKeys(a, b, strict, same);
}

/** What an object of a class of the language holds besides properties. */
function sameInside(a, b, strict, same) {
  if (a instanceof Date) return Object.is(+a, +b);
  if (a instanceof RegExp) return String(a) === String(b) && a.lastIndex === b.lastIndex;
  if (a instanceof Error)
    return a.name === b.name && a.message === b.message && same(a.cause, b.cause);
  if (a instanceof Map)
    return a.size === b.size && [...a].every((entry) => hasEntry(b, entry, same));
  if (a instanceof Set) return a.size === b.size && sameMembers(a, b, same);
  if (a instanceof Promise || a instanceof WeakMap || a instanceof WeakSet) return false;
  if (ArrayBuffer.isView(a) || Array.isArray(a)) {
    if (a.length !== b.length || a.byteLength !== b.byteLength) return false;
  }
  if (a instanceof ArrayBuffer) return same(new Uint8Array(a), new Uint8Array(b));
  if (a instanceof DataView) return same(bytesOf(a), bytesOf(b));
  if ([Number, String, Boolean, BigInt, Symbol].some((Class) => a instanceof Class)) {
    return same(a.valueOf(), b.valueOf());
  }
  return true;
}

const bytesOf = ({ buffer, byteOffset, byteLength }) =>
  new Uint8Array(buffer, byteOffset, byteLength);

const hasEntry = (map, [key, value], same) =>
  map.has(key)
    ? same(value, map.get(key))
    : typeof key === "object" && [...map].some(([k, v]) => same(key, k) && same(value, v));

function sameMembers(a, b, same) {
  const left = [...b].filter((one) => !a.has(one));
  return [...a].every((one) => {
    if (b.has(one)) return true;
    const at = left.findIndex((other) => same(one, other));
    return at >= 0 && left.splice(at, 1).length === 1;
  });
}

function sameKeys(a, b, strict, same) {
  if (ArrayBuffer.isView(a)) {
    return a instanceof DataView || a.every((item, at) => same(item, b[at]));
  }
  const keysOf = (value) => [
    ...Object.keys(value),
    ...(strict ? Object.getOwnPropertySymbols(value).filter((key) => enumerable(value, key)) : []),
  ];
  const keys = keysOf(a);
  return (
    keys.length === keysOf(b).length &&
    keys.every((key) => enumerable(b, key) && same(a[key], b[key]))
  );
}

const enumerable = (value, key) => Object.prototype.propertyIsEnumerable.call(value, key);
