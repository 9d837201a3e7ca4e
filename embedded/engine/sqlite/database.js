import { asked } from "./error.js";
import { addMissingOfDatabase } from "./missing.js";
import { nameOf, tell, tellMissing } from "./name.js";
import { Buffer, sqlite } from "./natives.js";
import { optionsOf } from "./options.js";
import { valuesOf } from "./parameters.js";
import { Statement } from "./statement.js";
import { transactionOf } from "./transaction.js";

const NOTHING = "Query contained no valid SQL statement; likely empty query.";

const isBytes = (value) => ArrayBuffer.isView(value) || value instanceof ArrayBuffer;

/** A database in memory; those with the name of a file are the same for all who open the name. */
export class Database {
  static MAX_QUERY_CACHE_SIZE = 20;

  #handle;
  #options;
  #cache = new Map();

  constructor(filename = ":memory:", given = undefined) {
    if (isBytes(filename)) {
      this.filename = ":memory:";
      this.#options = optionsOf(given);
      this.#fill(filename);
      return;
    }
    if (typeof filename !== "string") {
      throw new TypeError(`Expected 'filename' to be a string, got '${typeof filename}'`);
    }
    this.filename = filename;
    this.#options = optionsOf(given);
    this.#open(nameOf(filename));
  }

  static open(filename, options) {
    return new Database(filename, options);
  }
  static deserialize(serialized, options) {
    if (!isBytes(serialized)) {
      const type = typeof serialized;
      const wanted = "a TypedArray or ArrayBuffer";
      throw new TypeError(`Expected 'serialized' to be ${wanted}, got '${type}'`);
    }
    const given = typeof options === "boolean" ? { readonly: options } : options;
    return new Database(serialized, given);
  }
  /** A sandbox has one SQLite. */
  static setCustomSQLite() {
    return false;
  }

  get inTransaction() {
    return sqlite.inTransaction(this.#live("Database has closed"));
  }

  /** A new statement. */
  prepare(sql, ...given) {
    return this.#prepare(sql, given);
  }

  /** The statement of this SQL, kept for the next time. */
  query(sql) {
    const kept = this.#cache.get(sql);
    if (kept && !kept.isFinalized) return kept;
    const statement = this.#prepare(sql, []);
    if (kept || this.#cache.size < Database.MAX_QUERY_CACHE_SIZE) this.#cache.set(sql, statement);
    return statement;
  }

  /** Runs all statements of the SQL. */
  run(sql, ...given) {
    const handle = this.#live("Database has closed");
    if (typeof sql !== "string") throw new Error("Expected SQL string");
    if (sql === "") throw new Error("SQL string mustn't be blank");
    const values = (names) => valuesOf(names, given, this.#options);
    const outcome = asked(() => sqlite.runAll(handle, sql, values, this.#options.safeIntegers));
    if (!outcome) throw new Error(NOTHING);
    const [changes, lastInsertRowid] = outcome;
    return { changes, lastInsertRowid };
  }

  transaction(act) {
    return transactionOf(this, act);
  }

  /** The database as the bytes of a file. */
  serialize(name = "main") {
    const handle = this.#live("Can't do this on a closed database");
    return Buffer.from(asked(() => sqlite.serialize(handle, name)).buffer);
  }

  close() {
    this.clearQueryCache();
    if (this.#handle) sqlite.close(this.#handle);
    this.#handle = null;
  }
  clearQueryCache() {
    for (const statement of this.#cache.values()) statement.finalize();
    this.#cache.clear();
  }
  [Symbol.dispose]() {
    this.close();
  }

  #open(name) {
    const { readonly, create } = this.#options;
    if (name === null) {
      if (readonly) throw new Error("Cannot open an anonymous database in read-only mode.");
      this.#handle = asked(() => sqlite.open(null, false, true));
      return;
    }
    try {
      this.#handle = asked(() => sqlite.open(name, readonly, create));
    } catch (error) {
      if (error.code === "SQLITE_CANTOPEN") tellMissing(name);
      throw error;
    }
    tell(name);
  }

  #fill(serialized) {
    const { buffer = serialized, byteOffset, byteLength } = serialized;
    if (byteLength === 0) throw new Error("ArrayBuffer must not be empty");
    const bytes = new Uint8Array(buffer, byteOffset, byteLength);
    this.#handle = asked(() => sqlite.open(null, false, true));
    asked(() => sqlite.fill(this.#handle, bytes, this.#options.readonly));
  }

  #prepare(sql, given) {
    if (typeof sql !== "string") {
      throw new TypeError(`Expected 'query' to be a string, got '${typeof sql}'`);
    }
    if (!this.#handle) throw new RangeError("Cannot use a closed database");
    if (sql === "") throw new Error("SQL query cannot be empty.");
    const prepared = asked(() => sqlite.prepare(this.#handle, sql));
    if (!prepared) throw new RangeError("Invalid SQL statement");
    return new Statement(prepared, this.#options, given);
  }

  #live(sentence) {
    if (!this.#handle) throw new Error(sentence);
    return this.#handle;
  }
}

Object.defineProperty(Database.prototype, "exec", {
  value: Database.prototype.run,
  writable: true,
  configurable: true,
});
addMissingOfDatabase(Database.prototype);
