import { Database } from "bun:sqlite";

const fresh = () => {
  const db = new Database(":memory:");
  db.run("create table t (id integer primary key, n text unique)");
  const insert = db.prepare("insert into t (n) values ($n)");
  const names = () => db.query("select n from t order by id").values().flat();
  return { db, insert, names };
};
const caught = (act) => {
  try {
    return act();
  } catch (error) {
    return error.message;
  }
};

export const cases = {
  commits() {
    const { db, insert, names } = fresh();
    const all = db.transaction((rows) => {
      for (const n of rows) insert.run({ $n: n });
      return [rows.length, db.inTransaction];
    });
    return [all(["a", "b"]), all(["c"]), names(), db.inTransaction];
  },
  "rolls back": () => {
    const { db, insert, names } = fresh();
    insert.run("kept");
    const message = caught(
      db.transaction(() => {
        insert.run("lost");
        throw new TypeError("no");
      }),
    );
    return [message, names(), db.inTransaction];
  },
  "rolls back what a constraint breaks": () => {
    const { db, insert, names } = fresh();
    const message = caught(db.transaction(() => (insert.run("a"), insert.run("a"))));
    return [message, names()];
  },
  nests() {
    const { db, insert, names } = fresh();
    const inner = db.transaction((n) => {
      insert.run(n);
      if (n === "bad") throw new Error("inner");
    });
    const outer = db.transaction(() => {
      inner("good");
      const message = caught(() => inner("bad"));
      insert.run("after");
      return message;
    });
    return [outer(), names()];
  },
  "nests and loses all": () => {
    const { db, insert, names } = fresh();
    const inner = db.transaction(() => insert.run("inner"));
    const message = caught(
      db.transaction(() => {
        inner();
        throw new Error("outer");
      }),
    );
    return [message, names()];
  },
  kinds() {
    const { db } = fresh();
    const act = db.transaction((x) => [x, db.inTransaction]);
    return [act.deferred(1), act.immediate(2), act.exclusive(3), act.default(4)];
  },
  "kinds in each other": () => {
    const { db } = fresh();
    return db.transaction(() => db.transaction(() => db.inTransaction).immediate()).exclusive();
  },
  "this and arguments": () => {
    const { db } = fresh();
    const act = db.transaction(function (...given) {
      return [this, given];
    });
    return [act(1, 2), act.call({ a: 1 }), Object.keys(act), act.name];
  },
  "a deferred foreign key": () => {
    const { db } = fresh();
    db.run("pragma foreign_keys = on");
    db.run("create table c (p references t (id) deferrable initially deferred)");
    const message = caught(db.transaction(() => db.run("insert into c values (3)")));
    return [message, db.inTransaction];
  },
  "by hand": () => {
    const { db, insert, names } = fresh();
    db.run("begin");
    insert.run("a");
    const inside = db.inTransaction;
    db.run("rollback");
    return [inside, db.inTransaction, names()];
  },
  "no function": () => fresh().db.transaction(3),
  "a closed database": () => {
    const { db } = fresh();
    const act = db.transaction(() => 1);
    db.close();
    return act();
  },
};
