// Errors as Node words them, with its codes.

const withCode = (Class, code, message) => Object.assign(new Class(message), { code });

/** An argument of a type that is not taken, with the whole sentence. */
export const invalid = (message) => withCode(TypeError, "ERR_INVALID_ARG_TYPE", message);

/** An argument of a type that is not taken; `expected` is the rest of the sentence behind “must be”. */
export const invalidType = (name, expected, value) =>
  invalid(
    `The ${/[ .]/.test(name) ? name : `"${name}" argument`} must be ${expected}. Received ${received(value)}`,
  );

export const invalidValue = (name, reason, value) =>
  withCode(
    TypeError,
    "ERR_INVALID_ARG_VALUE",
    `The ${name.includes(".") ? "property" : "argument"} '${name}' ${reason}. Received ${short(value)}`,
  );

/** A number outside of its range, which is the rest of the sentence behind “must be”. */
export const outOfRange = (name, range, value) =>
  withCode(
    RangeError,
    "ERR_OUT_OF_RANGE",
    `The value of "${name}" is out of range. It must be ${range}. Received ${grouped(value)}`,
  );

export const unknownEncoding = (name) =>
  withCode(TypeError, "ERR_UNKNOWN_ENCODING", `Unknown encoding: ${name}`);

/** What is thrown when the signal ends the waiting. */
export const aborted = (signal) =>
  Object.assign(new Error("The operation was aborted", { cause: signal.reason }), {
    name: "AbortError",
    code: "ABORT_ERR",
  });

/** An error of any other code. */
export const coded = withCode;

function received(value) {
  if (value === null || value === undefined) return String(value);
  if (typeof value === "function") return `function ${value.name}`.trim();
  if (typeof value === "object") {
    const name = value.constructor?.name;
    return name ? `an instance of ${name}` : "[Object: null prototype] {}";
  }
  return `type ${typeof value} (${short(value)})`;
}

function short(value) {
  if (typeof value !== "string") return typeof value === "bigint" ? `${value}n` : String(value);
  const text = value.length > 28 ? `${value.slice(0, 25)}...` : value;
  return `'${text}'`;
}

/** Large numbers with their digits in groups. */
function grouped(value) {
  const isLarge = Number.isInteger(value) ? Math.abs(value) > 2 ** 32 : typeof value === "bigint";
  if (!isLarge) return short(value);
  const digits = String(value).replace(/\B(?=(\d{3})+$)/g, "_");
  return typeof value === "bigint" ? `${digits}n` : digits;
}
