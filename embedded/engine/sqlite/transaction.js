import { asked } from "./error.js";

/** How many transactions are open inside each other gives the names of savepoints. */
let depth = 0;

/** What stands after BEGIN, by the names of Bun's. */
const MODES = {
  default: "",
  deferred: " DEFERRED",
  immediate: " IMMEDIATE",
  exclusive: " EXCLUSIVE",
};

/** The function in a transaction, which is undone when the function throws; inside another, a part of that. */
export function transactionOf(db, act) {
  if (typeof act !== "function") throw new TypeError("Expected first argument to be a function");
  const made = Object.entries(MODES).map(([kind, mode]) => [kind, begun(db, act, mode)]);
  const [[, transaction]] = made;
  const properties = {
    ...Object.fromEntries(made.map(([kind, value]) => [kind, { value }])),
    name: { value: "transaction" },
    database: { value: db, enumerable: true },
  };
  for (const [, each] of made) Object.defineProperties(each, properties);
  return transaction;
}

function begun(db, act, mode) {
  return function (...given) {
    const inner = db.inTransaction;
    const [begin, commit, undo] = inner ? savepoint(`bun_${(depth += 1)}`) : outermost(mode);
    db.run(begin);
    try {
      const result = act.apply(this, given);
      db.run(commit);
      return result;
    } catch (error) {
      // SQLite may have undone all of it already.
      if (db.inTransaction) for (const step of undo) asked(() => db.run(step));
      throw error;
    } finally {
      if (inner) depth -= 1;
    }
  };
}

const outermost = (mode) => [`BEGIN${mode}`, "COMMIT", ["ROLLBACK"]];
const savepoint = (name) => [
  `SAVEPOINT ${name}`,
  `RELEASE ${name}`,
  [`ROLLBACK TO ${name}`, `RELEASE ${name}`],
];
