// How a database is opened: options as an object, or as the flags of SQLite.

import { constants } from "./constants.js";

const READONLY = constants.SQLITE_OPEN_READONLY;
const CREATE = constants.SQLITE_OPEN_CREATE;

/** `{ readonly, create, strict, safeIntegers }`, all of them booleans. */
export function optionsOf(given) {
  if (typeof given === "number") {
    return { ...standard, readonly: (given & READONLY) !== 0, create: (given & CREATE) !== 0 };
  }
  if (typeof given !== "object" || given === null) return standard;
  const { readonly, readwrite, create, strict = false, safeIntegers = false } = given;
  const reads = Boolean(readonly) || readwrite === false;
  if (reads && (create || readwrite)) {
    const asReadonly = '("readonly: true" or "readwrite: false")';
    const asWritable = '"create: true" or "readwrite: true"';
    throw new TypeError(`A read-only database ${asReadonly} cannot have ${asWritable}`);
  }
  const creates = !reads && (create ?? readwrite === undefined);
  return {
    readonly: reads,
    create: Boolean(creates),
    strict: Boolean(strict),
    safeIntegers: Boolean(safeIntegers),
  };
}

const standard = { readonly: false, create: true, strict: false, safeIntegers: false };
