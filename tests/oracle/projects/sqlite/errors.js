import { Database, SQLiteError } from "bun:sqlite";

const db = new Database();
db.run(`
  create table users (id integer primary key, name text unique not null, age int check (age > 0));
  create table posts (id integer primary key, author int references users (id));
  insert into users (name) values ('ada');
  create trigger no_bob before insert on users when new.name = 'bob' begin select raise(abort, 'no bobs'); end;
  create table strict_one (n int) strict;
`);
const run =
  (sql, ...given) =>
  () =>
    db.run(sql, ...given);
const query =
  (sql, ...given) =>
  () =>
    db.query(sql).all(...given);

export const cases = {
  unique: run("insert into users (name) values (?)", ["ada"]),
  "primary key": run("insert into users (id, name) values (1, 'x')"),
  "not null": run("insert into users (name) values (null)"),
  check: run("insert into users (name, age) values ('y', -1)"),
  "a trigger": run("insert into users (name) values ('bob')"),
  "foreign keys are off": run("insert into posts (author) values (99)"),
  "foreign keys": () => {
    db.run("pragma foreign_keys = on");
    try {
      db.run("insert into posts (author) values (99)");
    } finally {
      db.run("pragma foreign_keys = off");
    }
  },
  "strict table": run("insert into strict_one values ('x')"),
  "wrong type of a key": run("insert into users (id, name) values ('x', 'z')"),
  syntax: query("selec 1"),
  "syntax later": query("select 1 from where"),
  "no such column": query("select nope from users"),
  "no such table": query("select * from nope"),
  "no such function": query("select nope(1)"),
  "no regexp": query("select 'a' regexp 'a'"),
  unfinished: query("select 'x"),
  empty: query(""),
  blank: query("  "),
  comment: query("-- nothing"),
  "empty to run": run(""),
  "blank to run": run("  "),
  "comment to run": run("-- nothing"),
  "nothing between": run(
    "create table if not exists g (x);; /* x */ ; insert into g values (1); -- end",
  ),
  "second of several": run(
    "create table if not exists e (x); insert into e values (1); selec; insert into e values (2)",
  ),
  "what was run of them": query("select * from e"),
  "too few": query("select ? a, ? b", 1),
  "too many": query("select ? a", 1, 2),
  "none where some are wanted": query("select ? a, ? b"),
  "some where none are wanted": query("select 1 a", 3),
  "a large tree": query(`select ${"1+".repeat(3000)}1`),
  "no number": () => db.query(3),
  "no SQL": () => db.query(),
  "no SQL to run": () => db.run(),
  "begin twice": () => {
    db.run("begin");
    try {
      db.run("begin");
    } finally {
      db.run("rollback");
    }
  },
  "rollback alone": run("rollback"),
  "no extension": query("select load_extension('x')"),
  "the class": () => {
    try {
      db.run("selec");
    } catch (error) {
      return [
        error instanceof SQLiteError,
        error instanceof Error,
        Object.keys(error),
        String(error),
      ];
    }
  },
  "made by hand": () => new SQLiteError("x"),
};
