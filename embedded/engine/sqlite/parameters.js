// What a learner's code gives for the parameters of a statement, as values in their order.

const WRONG = "Binding expected string, TypedArray, boolean, number, bigint or null";

/** The values for parameters of these names (undefined for one without); undefined leaves what was bound before. */
export function valuesOf(names, given, { strict, safeIntegers }) {
  if (given.length === 0) return undefined;
  const bindable = safeIntegers ? exactly : loosely;
  const [first] = given;
  if (Array.isArray(first)) return inOrder(names, first, bindable);
  if (isRecord(first)) return byName(names, first, bindable, strict);
  return inOrder(names, given, bindable);
}

/** An object of the learner's that holds values by their names, and is no value itself. */
const isRecord = (value) =>
  typeof value === "object" &&
  value !== null &&
  !ArrayBuffer.isView(value) &&
  Object.prototype.toString.call(value) === "[object Object]";

function inOrder(names, values, bindable) {
  if (names.length === 0 || values.length === 0) return undefined;
  if (values.length !== names.length) {
    throw new Error(`SQLite query expected ${names.length} values, received ${values.length}`);
  }
  return Array.from(values, bindable);
}

function byName(names, record, bindable, strict) {
  return names.map((name, at) => {
    const spellings = name === undefined ? [at] : [name, name.slice(1), at];
    // “?2” stands for a place, counted from 0 here.
    if (name?.startsWith("?")) spellings.splice(1, 1);
    const key = spellings.find((spelling) => Object.hasOwn(record, spelling));
    if (key !== undefined) return bindable(record[key]);
    if (!strict) return null;
    throw new Error(`Missing parameter "${name?.replace(/^[$:@]/, "") ?? at}"`);
  });
}

function loosely(value) {
  if (value === null || value === undefined) return null;
  if (["string", "boolean", "number", "bigint"].includes(typeof value)) return value;
  if (ArrayBuffer.isView(value)) {
    return new Uint8Array(value.buffer, value.byteOffset, value.byteLength);
  }
  if (value instanceof ArrayBuffer) return new Uint8Array(value);
  throw new TypeError(WRONG);
}

/** Where integers are safe, none may lose its upper bits. */
function exactly(value) {
  if (typeof value === "bigint" && BigInt.asIntN(64, value) !== value) {
    throw new RangeError(`BigInt value '${value}' is out of range`);
  }
  return loosely(value);
}
