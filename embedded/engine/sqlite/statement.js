import { asked } from "./error.js";
import { addMissingOfStatement } from "./missing.js";
import { sqlite } from "./natives.js";
import { valuesOf } from "./parameters.js";

/** More rows than there can be. */
const ALL = 0xffffffff;

/** A prepared statement of `db`, whose options it has. */
export class Statement {
  #handle;
  #names;
  #options;
  /** How rows are given: see `Form` in src/engine/zygote/natives/sqlite/rows.rs. */
  #form;

  /** Values that are given here stay bound. */
  constructor([handle, names], options, given) {
    this.#handle = handle;
    this.#names = names;
    this.#options = options;
    this.#form = { rows: "object", prototype: Object.prototype, big: options.safeIntegers };
    const values = valuesOf(names, given, options);
    if (values) asked(() => sqlite.begin(handle, values));
  }

  all(...given) {
    return this.#rows(given, this.#form);
  }
  get(...given) {
    return this.#rows(given, this.#form, 1)[0] ?? null;
  }
  values(...given) {
    return this.#rows(given, { ...this.#form, rows: "values" });
  }
  raw(...given) {
    return this.#rows(given, { ...this.#form, rows: "raw" });
  }
  run(...given) {
    const handle = this.#open();
    const values = valuesOf(this.#names, given, this.#options);
    const [changes, lastInsertRowid] = asked(() => sqlite.run(handle, values, this.#form.big));
    return { changes, lastInsertRowid };
  }
  *iterate(...given) {
    const handle = this.#open();
    const values = valuesOf(this.#names, given, this.#options);
    asked(() => sqlite.begin(handle, values));
    try {
      for (;;) {
        const row = asked(() => sqlite.next(this.#open(), this.#form));
        if (row === undefined) return;
        yield row;
      }
    } finally {
      if (this.#handle) sqlite.reset(handle);
    }
  }
  [Symbol.iterator]() {
    return this.iterate();
  }

  /** Rows become objects of this class, without a call of its constructor. */
  as(Class) {
    if (Class !== undefined && !Object.hasOwn(Class ?? {}, "prototype")) {
      throw new TypeError("Expected class to be a constructor or undefined");
    }
    const { prototype } = Class ?? Object;
    this.#form = { ...this.#form, rows: "object", prototype };
    return this;
  }
  safeIntegers(big = true) {
    this.#options = { ...this.#options, safeIntegers: Boolean(big) };
    this.#form = { ...this.#form, big: Boolean(big) };
    return this;
  }

  get columnNames() {
    return this.#columns("name");
  }
  get declaredTypes() {
    return this.#columns("declared");
  }
  /** The types in the first row. */
  get columnTypes() {
    const handle = this.#open();
    if (!sqlite.describe(handle).readonly) {
      const writing = "non-read-only statements (INSERT, UPDATE, DELETE, etc.)";
      throw new Error(`columnTypes is not available for ${writing}`);
    }
    asked(() => (sqlite.begin(handle, undefined), sqlite.next(handle, this.#form)));
    const types = this.#columns("type");
    sqlite.reset(handle);
    return types;
  }
  get paramsCount() {
    return this.#names.length;
  }
  get reader() {
    return this.#columns("name").length > 0;
  }
  get readonly() {
    return sqlite.describe(this.#open()).readonly;
  }
  get isFinalized() {
    return this.#handle === null;
  }

  finalize() {
    if (this.#handle) sqlite.finalize(this.#handle);
    this.#handle = null;
  }
  [Symbol.dispose]() {
    this.finalize();
  }
  /** The SQL with what is bound in it. */
  toString() {
    return this.#handle ? sqlite.describe(this.#handle).sql : "";
  }
  toJSON() {
    const { isFinalized, paramsCount, columnNames } = this;
    return { sql: this.toString(), isFinalized, paramsCount, columnNames };
  }

  #open() {
    if (!this.#handle) throw new Error("Statement has finalized");
    return this.#handle;
  }
  #rows(given, form, most = ALL) {
    const handle = this.#open();
    const values = valuesOf(this.#names, given, this.#options);
    return asked(() => sqlite.all(handle, values, form, most));
  }
  #columns(fact) {
    const handle = this.#open();
    return asked(() => sqlite.columns(handle)).map((column) => column[fact] ?? null);
  }
}
addMissingOfStatement(Statement.prototype);
