import { Database } from "bun:sqlite";

const db = new Database();
db.run("create table t (id integer primary key, n text, r real)");
db.run("insert into t (n, r) values ('a', 1.5), ('b', null), ('c', 3)");
const strict = new Database(":memory:", { strict: true });
const get =
  (sql, ...given) =>
  () =>
    db.prepare(sql).get(...given);
const strictly =
  (sql, ...given) =>
  () =>
    strict.prepare(sql).get(...given);
class Note {
  constructor() {
    throw new Error("a row is not constructed");
  }
  get loud() {
    return this.n.toUpperCase();
  }
}

export const cases = {
  "in order": get("select ? a, ? b", 1, 2),
  "as an array": get("select ? a, ? b", [1, 2]),
  "as an array with a hole": get("select ? a, ? b", [1, ,]),
  "an array and more": get("select ? a, ? b", [1, 2], 3),
  "an empty array": get("select ? a", []),
  named: get("select $x a, :y b, @z c", { $x: 1, ":y": 2, "@z": 3 }),
  "named without marks": get("select $x a, :y b, @z c", { x: 1, y: 2, z: 3 }),
  "named by place": get("select $x a, $y b", 5, 6),
  "a name twice": get("select $x a, $x b", { $x: 1 }),
  "a name is missing": get("select $x a", { $y: 1 }),
  "no names": get("select $x a", {}),
  "names and more": get("select $x a, ? b", { $x: 1 }, 2),
  "numbers by their marks": get("select ?1 a, ?2 b", { "?1": "x", "?2": "y" }),
  "numbers by place": get("select ? a, ? b", { 0: "x", 1: "y" }),
  "a later number": get("select ?3 a", 1, 2, 3),
  "a mixture": get("select ?2 a, ? b, $c d", 1, 2, 3, 4),
  "null alone": get("select $x a", null),
  "strict names": strictly("select $x a, :y b, @z c", { x: 1, y: 2, z: 3 }),
  "strict name is missing": strictly("select $x a, $y b", { x: 1 }),
  "strict name too many": strictly("select $x a", { x: 1, other: 1 }),
  "strict and too few": strictly("select ? a, ? b", 1),
  "strict and none": strictly("select ? a"),
  "strict and undefined": strictly("select $x a", { x: undefined }),
  "what was bound stays": () => {
    const statement = db.prepare("select ? a");
    return [statement.get(5), statement.get(), statement.all(), statement.values()];
  },
  "bound when prepared": () => db.prepare("select ? a", [4]).get(),
  "no rows": () => {
    const statement = db.query("select * from t where id = 99");
    return [statement.get(), statement.all(), statement.values()];
  },
  "changes of an insert": () => db.run("insert into t (n) values ('d'), ('e')"),
  "changes of an update": () => db.query("update t set n = n || '!' where id > 3").run(),
  "changes of a delete": () => db.query("delete from t where id > ?").run(3),
  "changes of a query": () => db.query("select * from t").run(),
  "changes of several": () =>
    db.run(
      "create table if not exists s (x); insert into s values (1), (2); insert into s values (3)",
    ),
  returning: () => db.query("insert into s values (7) returning x, x + 1 y").all(),
  "rows of an insert": () => [
    db.query("insert into s values (8)").all(),
    db.query("insert into s values (9)").get(),
  ],
  "several with values": () => db.run("insert into s values (?); insert into s values (?)", 5),
  "several with too many values": () =>
    db.run("insert into s values (?); insert into s values (?)", [5, 6]),
  "the first of several": () => db.query("select 1 a; select 2 b").all(),
  "a semicolon and a comment": () => db.query("select 1 a; -- that is all").all(),
  exec: () => db.exec("insert into s values (4)"),
  iterate: () => [...db.query("select n from t where id <= ?").iterate(2)],
  "iterate by itself": () => [...db.query("select n from t limit 2")],
  "iterate and stop": () => {
    const statement = db.query("select n from t");
    for (const row of statement.iterate()) return [row, statement.all().length];
  },
  "the same query": () => {
    const made = ["query", "query", "prepare", "prepare"].map((by) => db[by]("select 1"));
    return [made[0] === made[1], made[2] === made[3]];
  },
  "a class": () => {
    const note = db.query("select n from t").as(Note).get();
    return [note instanceof Note, note.loud, Object.keys(note)];
  },
  "a class for all": () =>
    db
      .query("select id, n from t limit 2")
      .as(Note)
      .all()
      .map(({ loud }) => loud),
  "no class": () => db.query("select 1").as(3),
  "a class and back": () => "toString" in db.prepare("select 1 a").as(Note).as(undefined).get(),
  facts: () => {
    const statement = db.prepare("select id, n, r, null z from t where id = $id");
    const { columnNames, paramsCount, declaredTypes, isFinalized, readonly, reader } = statement;
    return { columnNames, paramsCount, declaredTypes, isFinalized, readonly, reader };
  },
  "types of the first row": () => db.prepare("select id, n, r, null z, x'00' b from t").columnTypes,
  "types of an insert": () => db.prepare("insert into t (n) values (1)").columnTypes,
  "columns of an insert": () => db.prepare("insert into t (n) values (1)").columnNames,
  "as text": () => {
    const statement = db.prepare("select ? a, ? b, ? c");
    const before = String(statement);
    statement.get("it's", 1.5, null);
    return [before, `${statement}`];
  },
  "as JSON": () => JSON.stringify(db.query("select 1 a, ? b")),
  finalized: () => {
    const statement = db.prepare("select 1");
    statement.finalize();
    statement.finalize();
    return [statement.isFinalized, statement.toString()];
  },
  "finalized and used": () => {
    const statement = db.prepare("select 1");
    statement.finalize();
    return statement.all();
  },
  "finalized in the cache": () => {
    db.query("select 7 x").finalize();
    return db.query("select 7 x").all();
  },
  "a column that is added": () => {
    db.run("create table m (a)");
    const statement = db.query("select * from m");
    statement.all();
    db.run("insert into m values (1)");
    db.run("alter table m add column b default 5");
    return [statement.all(), statement.columnNames];
  },
  plan: () => db.query("explain query plan select * from t where id = 1").get().detail,
};
