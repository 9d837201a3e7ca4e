let made = false;

/** What SQLite says, with its codes; only this module makes one. */
export class SQLiteError extends Error {
  constructor() {
    if (!made) throw new Error("SQLiteError can only be constructed by bun:sqlite");
    super();
  }
}

/** Does something in SQLite; what it throws becomes a SQLiteError. */
export function asked(act) {
  try {
    return act();
  } catch (thrown) {
    throw isFault(thrown) ? errorOf(thrown) : thrown;
  }
}

const isFault = (thrown) => Object.hasOwn(thrown ?? {}, "byteOffset") && !(thrown instanceof Error);

function errorOf({ message, ...facts }) {
  made = true;
  let error;
  try {
    error = new SQLiteError();
  } finally {
    made = false;
  }
  const hidden = { writable: true, configurable: true };
  Object.defineProperty(error, "message", { value: message, ...hidden });
  Object.defineProperty(error, "name", { value: "SQLiteError", ...hidden });
  for (const name of ["code", "errno", "byteOffset"]) {
    Object.defineProperty(error, name, { value: facts[name], enumerable: true });
  }
  return error;
}
