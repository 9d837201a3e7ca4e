/** Whether two values have the same content; `strict` asks for the same classes and keys as well. */
export function deepEquals(a, b, strict = false) {
  return equals(a, b, strict, new Map());
}

function equals(a, b, strict, seen) {
  if (Object.is(a, b)) return true;
  if (typeof a !== "object" || typeof b !== "object" || a === null || b === null) return false;
  if (strict && Object.getPrototypeOf(a) !== Object.getPrototypeOf(b)) return false;
  if (Array.isArray(a) !== Array.isArray(b)) return false;
  if (seen.get(a) === b) return true;
  seen.set(a, b);
  const same = (x, y) => equals(x, y, strict, seen);
  if (a instanceof Date || b instanceof Date) return +a === +b;
  if (a instanceof RegExp || b instanceof RegExp) return String(a) === String(b);
  if (a instanceof Map && b instanceof Map) {
    return (
      a.size === b.size && [...a].every(([key, value]) => b.has(key) && same(value, b.get(key)))
    );
  }
  if (a instanceof Set && b instanceof Set) {
    return (
      a.size === b.size && [...a].every((one) => b.has(one) || [...b].some((o) => same(one, o)))
    );
  }
  if (a instanceof Error && b instanceof Error && a.message !== b.message) return false;
  const keysOf = (value) =>
    Reflect.ownKeys(value).filter((key) => strict || value[key] !== undefined);
  const keys = keysOf(a);
  return (
    keys.length === keysOf(b).length &&
    keys.every((key) => Object.hasOwn(b, key) && same(a[key], b[key]))
  );
}
