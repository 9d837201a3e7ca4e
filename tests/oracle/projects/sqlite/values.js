import { Database } from "bun:sqlite";

const db = new Database();
const given = {
  int: 1,
  "beyond 32 bits": 2 ** 31,
  time: 1700000000000,
  fraction: 1.5,
  "largest exact": 2 ** 53 - 1,
  "first inexact": 2 ** 53,
  huge: 1e300,
  NaN: NaN,
  infinity: Infinity,
  "minus zero": -0,
  yes: true,
  no: false,
  null: null,
  undefined: undefined,
  text: "é 🫐 'q'",
  "empty text": "",
  "text with zero": "a\0b",
  bigint: 10n,
  "bigint of 62 bits": 2n ** 62n,
  "bigint of 64 bits": 2n ** 64n,
  "least bigint": -(2n ** 63n),
  bytes: new Uint8Array([1, 2, 255]),
  "no bytes": new Uint8Array(0),
  "a part of bytes": new Uint8Array([1, 2, 3, 4]).subarray(1, 3),
  buffer: Buffer.from("hi"),
  "array buffer": new Uint8Array([1, 2]).buffer,
  words: new Uint16Array([1, 2]),
  doubles: new Float64Array([1]),
  view: new DataView(new ArrayBuffer(2)),
  date: new Date(0),
  symbol: Symbol("x"),
  function: () => 1,
  pattern: /x/,
  nested: [[1]],
};
const sql = "select ?1 v, typeof(?1) t";
const bound = Object.entries(given).flatMap(([name, value]) => [
  [name, () => db.prepare(sql).get(value)],
  [`${name}, safe`, () => db.prepare(sql).safeIntegers(true).values(value)],
]);

const columns = {
  "types of columns": "select 1 i, 1.5 r, 'x' t, x'0102' b, null n, 1 = 1 yes, 2.0 whole",
  "large integers": "select 9007199254740993 a, 9223372036854775807 b, -9223372036854775808 c",
  "empty blobs": "select x'' a, zeroblob(0) b, zeroblob(3) c",
  "columns of one name": "select 1 a, 2 a",
  "odd names": 'select 1 as "__proto__", 2 as "0", 3 as "constructor", 4 as "a b", 5',
  json: `select json_extract('{"a":[1,2]}', '$.a[1]') j, json_group_array(value) g from json_each('[3,4]')`,
  dates: "select date(0, 'unixepoch') d, strftime('%Y', '2024-02-29') y, unixepoch('2000-01-01') u",
  collation: "select 'a' = 'A' collate nocase x, upper('é') u, length('é🫐') l",
  window: "select value, sum(value) over (order by value) s from json_each('[1,2,3]')",
  recursion:
    "with recursive n(x) as (select 1 union all select x + 1 from n where x < 5) select x from n",
};
const read = Object.entries(columns).flatMap(([name, text]) => [
  [name, () => db.query(text).all()],
  [`${name}, as values`, () => db.query(text).values()],
  [`${name}, raw`, () => db.query(text).raw()],
]);
const safe = new Database(":memory:", { safeIntegers: true });

export const cases = {
  ...Object.fromEntries([...bound, ...read]),
  "safe integers": () => safe.query("select 1 a, 2.5 b, 9007199254740993 c").get(),
  "safe numbers of rows": () => {
    const made = safe.run("create table t (x)");
    return [
      made,
      safe.run("insert into t values (1)"),
      safe.prepare("insert into t values (?)").run(2n),
    ];
  },
  "what a row inherits": () => {
    const row = db.query("select 1 a").get();
    return ["toString" in row, row instanceof Object, Object.keys(row)];
  },
  "full text": () => {
    db.run("create virtual table f using fts5(t)");
    db.run("insert into f values ('hello world'), ('good bye')");
    return db.query("select t, highlight(f, 0, '<', '>') h from f where f match ?").all("hel*");
  },
  "many parameters": () => {
    db.run("create table many (a, b, c)");
    const values = Array.from({ length: 36_000 }, (_, n) => n);
    const rows = Array(values.length / 3).fill("(?, ?, ?)");
    return db.run(`insert into many values ${rows}`, values);
  },
  percentiles: () =>
    db
      .query("select median(value), percentile(value, 25) from json_each('[1, 2, 3, 10]')")
      .values(),
  "mathematical functions": () =>
    db
      .query(
        "select ceil(1.2), floor(-1.2), pow(2, 3), ln(2), log(2, 8), mod(7, 3), pi(), trunc(1.5)",
      )
      .values(),
};
