import { Database, constants } from "bun:sqlite";
import Default, * as all from "bun:sqlite";
import schema from "./schema.sql" with { type: "text" };

const withNotes = () => {
  const db = new Database();
  db.run("create table notes (id integer primary key, text)");
  db.run("insert into notes (text) values ('a'), ('b')");
  return db;
};
const count = (db) => db.query("select count(*) c from notes").get();

export const cases = {
  exports: () => [Object.keys(all).sort(), Default === Database, constants],
  "a name": () => new Database().filename,
  "an empty name": () => new Database("").filename,
  "by open": () => Database.open(":memory:").filename,
  "a number for a name": () => new Database(3),
  "null for a name": () => new Database(null),
  "readonly in memory": () => new Database(":memory:", { readonly: true }),
  "readonly and create": () => new Database("x.sqlite", { readonly: true, create: true }),
  "none of the name": () => new Database("none.sqlite", { readonly: true }),
  "none is to be made": () => new Database("none.sqlite", { create: false }),
  "none to be written": () => new Database("none.sqlite", { readwrite: true }),
  "a schema": () => {
    const db = new Database();
    db.exec(schema);
    return db.query("select * from books").all();
  },
  "one file for two": () => {
    const [one, two] = [
      new Database("shared.sqlite"),
      new Database("./shared.sqlite", { create: true }),
    ];
    one.run("create table notes (id integer primary key, text)");
    one.run("insert into notes (text) values ('from one')");
    const seen = two.query("select text from notes").all();
    one.close();
    two.close();
    const again = new Database("shared.sqlite", { readonly: true });
    return [seen, count(again)];
  },
  readonly: () => new Database("shared.sqlite", { readonly: true }).run("delete from notes"),
  "two at once": () => {
    const [one, two] = [new Database("shared.sqlite"), new Database("shared.sqlite")];
    one.run("begin immediate");
    try {
      two.run("insert into notes (text) values ('x')");
    } finally {
      one.run("rollback");
    }
  },
  closed: () => {
    const db = withNotes();
    const statement = db.prepare("select 5 x");
    db.close();
    db.close();
    return statement.all();
  },
  "closed, then a query": () => {
    const db = withNotes();
    db.close();
    return db.query("select 1");
  },
  "closed, then run": () => {
    const db = withNotes();
    db.close();
    return db.run("select 1");
  },
  "closed, then serialized": () => {
    const db = withNotes();
    db.close();
    return db.serialize();
  },
  "closed, in a transaction": () => {
    const db = withNotes();
    db.close();
    return db.inTransaction;
  },
  serialized: () => {
    const bytes = withNotes().serialize();
    const copy = Database.deserialize(bytes);
    const written = copy.run("insert into notes (text) values ('c')");
    return [
      bytes.constructor.name,
      bytes.length,
      String(bytes.slice(0, 15)),
      count(copy),
      written,
      copy.filename,
    ];
  },
  "serialized, then opened": () => count(new Database(withNotes().serialize())),
  "serialized, readonly": () => {
    const copy = Database.deserialize(withNotes().serialize(), true);
    return copy.run("insert into notes (text) values ('c')");
  },
  "serialized, with options": () =>
    count(Database.deserialize(withNotes().serialize(), { readonly: true, safeIntegers: true })),
  "no database": () =>
    Database.deserialize(new Uint8Array(100).fill(7)).query("select * from sqlite_master").all(),
  "no bytes": () => Database.deserialize(new Uint8Array(0)),
  "no bytes but text": () => Database.deserialize("x"),
  "write ahead": () => [
    withNotes().run("pragma journal_mode = WAL"),
    withNotes().query("pragma journal_mode = WAL").get(),
  ],
  "in memory": () => withNotes().query("pragma journal_mode").get(),
  attached: () => {
    const db = withNotes();
    db.run("attach ':memory:' as other");
    db.run("create table other.x (y)");
    return db.query("select name from other.sqlite_master").all();
  },
  vacuum: () => withNotes().run("vacuum"),
  temporary: () => {
    const db = withNotes();
    db.run("create temp table x as select * from notes");
    return db.query("select * from x order by text desc").all();
  },
  "a bun's name": () => String(withNotes()),
};
