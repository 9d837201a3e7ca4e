//! Databases of learners' servers, in the jail: what bombs end with, and that there is no disk.

use hxlab::engine::message::{FromRun, LimitName};
use hxlab::engine::{Limits, RunEnd};

use super::stage::{Actor, endless, engine, place, project};

/// A server that runs what a request's path says, and answers with what came or what was thrown.
const SERVER: &str = "
import { Database } from 'bun:sqlite';
const db = new Database();
const query = (sql) => db.query(sql).values().join();
const cases = { CASES };
export default { fetch(req) {
  try {
    return new Response(String(cases[new URL(req.url).pathname.slice(1)]()));
  } catch (error) {
    return new Response(`${error.name} ${error.code}: ${error.message}`);
  }
} };";

fn server(cases: &[(&str, &str, &str)]) -> String {
    let cases = cases
        .iter()
        .map(|(name, code, _)| format!("{name}() {{ {code} }},\n"));
    SERVER.replace("CASES", &cases.collect::<String>())
}

/// Each case, by its name: its code, and how its answer begins. One Run lives through all of them.
async fn lives_through(cases: &[(&str, &str, &str)], limits: Limits) {
    let engine = engine().await;
    let mut actor = Actor::spawn_with(&engine, &project(&server(cases)), limits).await;
    actor.until(|it| matches!(it, FromRun::Ready)).await;
    for (name, _, begins) in cases {
        let answer = actor.get(&format!("/{name}")).await;
        assert!(answer.starts_with(begins), "{name}: {answer}");
    }
}

#[tokio::test]
async fn what_could_never_fit_is_refused_and_the_server_goes_on() {
    let cases = [
        (
            "blob",
            "return query('select length(zeroblob(1000000000))')",
            "SQLiteError SQLITE_TOOBIG: string or blob too big",
        ),
        (
            "random",
            "return query('select randomblob(1000000000)')",
            "SQLiteError SQLITE_TOOBIG",
        ),
        (
            "width",
            "return query(`select length(printf('%1000000000d', 1))`)",
            "SQLiteError SQLITE_TOOBIG",
        ),
        (
            "quoted",
            "return query(`select length(quote(zeroblob(20000000)))`)",
            "SQLiteError SQLITE_TOOBIG",
        ),
        (
            "replaced",
            "return query(`select length(replace(hex(zeroblob(100000)), '0', hex(zeroblob(100000))))`)",
            "SQLiteError SQLITE_",
        ),
        (
            "joined",
            "return query(`with recursive n(x) as (select 1 union all select x + 1 from n limit 1000) select length(group_concat(hex(zeroblob(100000)))) from n`)",
            "SQLiteError SQLITE_",
        ),
        (
            "deep",
            "return query(`select ${'('.repeat(5000)}1${')'.repeat(5000)}`)",
            "SQLiteError SQLITE_",
        ),
        (
            "negated",
            "return query(`select ${'-'.repeat(5000)}1`)",
            "SQLiteError SQLITE_",
        ),
        (
            "compound",
            "return query('select 1' + ' union all select 1'.repeat(5000))",
            "SQLiteError SQLITE_ERROR: too many terms in compound SELECT",
        ),
        (
            "wide",
            "return query(`select ${'1,'.repeat(5000)}1`)",
            "SQLiteError SQLITE_ERROR: too many columns",
        ),
        (
            "nested",
            "return query(`select json_valid('${'['.repeat(100000)}')`)",
            "0",
        ),
        (
            "pattern",
            "return query(`select 'a' like '${'%a'.repeat(40000)}'`)",
            "SQLiteError SQLITE_ERROR: LIKE or GLOB pattern too complex",
        ),
        (
            "regexp",
            "return query(`select 'a' regexp '(a+)+$'`)",
            "SQLiteError SQLITE_ERROR: no such function: regexp",
        ),
        (
            "triggers",
            "db.run('create table r (x); pragma recursive_triggers = on; create trigger again after insert on r begin insert into r values (new.x + 1); end'); return db.run('insert into r values (1)')",
            "SQLiteError SQLITE_ERROR: triggers nested too deep",
        ),
        (
            "list",
            "return query(`select 3 in (${Array.from({ length: 100000 }, (_, n) => n).join()})`)",
            "1",
        ),
        (
            "bound",
            "return db.query(`select 3 in (${'?,'.repeat(100000)}3)`).values(...Array(100001).fill(3))",
            "SQLiteError SQLITE_",
        ),
        (
            "long",
            "return query('select 1 -- ' + 'x'.repeat(2000000))",
            "1",
        ),
        (
            "glob",
            "return query(`select 'aaaaaaaaaaaaaaaaaaaaaaaaaaaaaa' glob '${'*a'.repeat(24000)}b'`)",
            "0",
        ),
        ("still", "return query('select 1')", "1"),
    ];
    lives_through(&cases, endless()).await;
}

#[tokio::test]
async fn a_database_that_grows_too_large_is_told_and_keeps_what_it_has() {
    let grow = "db.run('create table big (x)');
      for (;;) db.run('insert into big values (zeroblob(100000))');";
    let cases = [
        (
            "grow",
            grow,
            "SQLiteError SQLITE_NOMEM: out of memory: a database is part of its Run’s memory",
        ),
        ("kept", "return query('select count(*) > 20 from big')", "1"),
        (
            "emptied",
            "db.run('delete from big'); return query('select count(*) from big')",
            "0",
        ),
        (
            "again",
            "db.run('insert into big values (zeroblob(100000))'); return query('select count(*) from big')",
            "1",
        ),
        (
            "copies",
            "for (let kept = [];;) kept.push(Database.deserialize(db.serialize()));",
            "SQLiteError SQLITE_NOMEM: out of memory: a database is part of its Run’s memory",
        ),
        (
            "open",
            "for (let kept = [];;) kept.push(new Database());",
            "SQLiteError SQLITE_NOMEM: out of memory: a database is part of its Run’s memory",
        ),
        (
            "sorted",
            "return query('with recursive n(x) as (select 1 union all select x + 1 from n limit 1000000) select count(*) from (select hex(randomblob(200)) h from n order by h)')",
            "SQLiteError SQLITE_NOMEM: out of memory: a database is part of its Run’s memory",
        ),
    ];
    let limits = Limits {
        memory: 8 * 1024 * 1024,
        ..endless()
    };
    lives_through(&cases, limits).await;
}

#[tokio::test]
async fn there_is_no_disk_and_nothing_is_asked_of_the_kernel() {
    let no_disk = "SQLiteError SQLITE_CANTOPEN: a sandbox has no disk";
    let cases = [
        ("attach", "db.run(`attach '/etc/passwd' as p`)", no_disk),
        (
            "attachBound",
            "db.run('attach ? as p', ['/etc/passwd'])",
            no_disk,
        ),
        (
            "attachAddress",
            "db.run(`attach 'file:/etc/passwd?vfs=unix' as p`)",
            no_disk,
        ),
        (
            "attachMemory",
            "db.run(`attach ':memory:' as m`); return 'attached'",
            "attached",
        ),
        (
            "into",
            "db.run(`vacuum into '/tmp/x'`)",
            "SQLiteError SQLITE_",
        ),
        (
            "extension",
            "return query(`select load_extension('x')`)",
            "SQLiteError SQLITE_ERROR: not authorized",
        ),
        (
            "loadExtension",
            "db.loadExtension('x')",
            "Error undefined: loadExtension of a Database does not exist here: a sandbox has no disk",
        ),
        (
            "readfile",
            "return query(`select readfile('/etc/passwd')`)",
            "SQLiteError SQLITE_ERROR: no such function: readfile",
        ),
        (
            "temporary",
            "db.run('pragma temp_store = file; pragma cache_size = 1; pragma cache_spill = on'); db.run('create temp table t (x)'); return query('with recursive n(x) as (select 1 union all select x + 1 from n limit 20000) select count(*) from (select hex(randomblob(100)) h from n order by h)')",
            "",
        ),
        (
            "mapped",
            "db.run('pragma mmap_size = 100000000'); return query('pragma mmap_size')",
            "",
        ),
        (
            "random",
            "return query('select typeof(random()), length(randomblob(8))')",
            "integer,8",
        ),
        (
            "time",
            "return query(`select datetime('now', 'localtime') > '2000', datetime('now') > '2000'`)",
            "1,1",
        ),
        (
            "journal",
            "const f = new Database('/tmp/f.sqlite'); f.run('create table f (x)'); for (const mode of ['delete', 'persist', 'truncate', 'wal', 'off', 'memory']) { f.run(`pragma journal_mode = ${mode}`); f.run('insert into f values (1)'); } f.run('pragma locking_mode = exclusive'); f.run('pragma journal_mode = wal'); f.run('insert into f values (2)'); f.run('vacuum'); return f.query('select count(*) from f').values()",
            "7",
        ),
        (
            "elsewhere",
            "const f = new Database('file:/etc/hostname?vfs=unix'); return f.query('select count(*) from sqlite_master').values()",
            "0",
        ),
        (
            "attachNamed",
            "const f = new Database('g.sqlite'); f.run(`attach 'h.sqlite' as h`)",
            no_disk,
        ),
        (
            "reuse",
            "db.run('create table u (x)'); const s = db.prepare('insert into u values (?)'); for (let n = 0; n < 20000; n++) s.run('x'.repeat(n % 100)); return query('select count(*) from u')",
            "20000",
        ),
        (
            "unfinished",
            "for (let n = 0; n < 5000; n++) db.prepare('select * from u where x = ?').iterate(n).next(); return 'let go'",
            "let go",
        ),
        (
            "closing",
            "const d = new Database(); d.run('create table c (x)'); return (() => { try { d.run('insert into c values ($a)', { get $a() { d.close(); return 1; } }); } catch (error) { return error.message; } })()",
            "",
        ),
        (
            "during",
            "const d = db.prepare('select 1 union select 2'); for (const row of d.iterate()) d.finalize(); return 'over'",
            "Error undefined: Statement has finalized",
        ),
    ];
    lives_through(&cases, endless()).await;
}

#[tokio::test]
async fn what_only_bun_has_says_what_to_do_instead() {
    let cases = [
        (
            "handle",
            "return db.handle",
            "Error undefined: handle of a Database does not exist here: use the Database itself",
        ),
        (
            "native",
            "return db.query('select 1').native",
            "Error undefined: native of a Statement does not exist here: use the Statement itself",
        ),
        (
            "hook",
            "db.onInsert = () => {}",
            "Error undefined: onInsert of a Database does not exist here: do the same where your code writes",
        ),
        (
            "limit",
            "db.run('create table t (x)'); db.run('DELETE FROM t LIMIT 1')",
            "SQLiteError SQLITE_ERROR: near \"LIMIT\": syntax error: DELETE and UPDATE take no LIMIT here; write WHERE rowid",
        ),
        (
            "order",
            "return query('update t set x = 1 order by x limit 1')",
            "SQLiteError SQLITE_ERROR: near \"order\": syntax error: DELETE and UPDATE take no LIMIT here",
        ),
        (
            "instead",
            "return db.run('insert into t values (1), (2); delete from t where rowid in (select rowid from t limit 1)').changes",
            "3",
        ),
        (
            "other",
            "query('select 1 limit limit')",
            "SQLiteError SQLITE_ERROR: near \"limit\": syntax error",
        ),
    ];
    lives_through(&cases, endless()).await;
}

#[tokio::test]
async fn a_broken_database_is_an_error_and_no_more() {
    let code = "const d = new Database(); d.run('create table t (id integer primary key, a unique, b)');
      d.run('create virtual table f using fts5(x); create index i on t (b)');
      for (let n = 0; n < 300; n++) d.run('insert into t (a, b) values (?, ?)', ['a' + n, 'b'.repeat(n)]);
      d.run(`insert into f values ('some words'), ('more words')`);
      const whole = d.serialize(); let seed = 7; const errors = new Set();
      const next = (most) => (seed = (seed * 1103515245 + 12345) % 2147483648) % most;
      for (let n = 0; n < 400; n++) {
        const broken = Buffer.from(whole);
        for (let k = 0; k < 1 + n % 40; k++) broken[next(n % 2 ? broken.length : 4096)] = next(256);
        try {
          const it = Database.deserialize(n % 5 ? broken : broken.subarray(0, next(broken.length) + 1));
          for (const sql of ['select * from t order by b', `select * from f where f match 'words'`, 'pragma integrity_check',
            'select sum(length(a)) from t', `update t set b = b || 'x'`, 'delete from t where id % 2', 'vacuum', 'select * from sqlite_master'])
            try { it.query(sql).all(); } catch (error) { errors.add(error.code ?? error.stack); }
        } catch (error) { errors.add(error.code ?? error.stack); }
      }
      return [errors.has('SQLITE_CORRUPT'), [...errors].every((code) => /^SQLITE_\\w+$/.test(code)) || [...errors].join()]";
    lives_through(&[("broken", code, "true,true")], endless()).await;
}

#[tokio::test]
async fn an_endless_query_ends_at_its_line_and_is_named() {
    let engine = engine().await;
    for (what, call) in [
        (
            "all",
            "db.query(`WITH RECURSIVE n(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM n) SELECT max(x) FROM n`).all();",
        ),
        (
            "run",
            "db.run(`WITH RECURSIVE n(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM n) SELECT max(x) FROM n`);",
        ),
        (
            "caught",
            "try { db.query(`WITH RECURSIVE n(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM n) SELECT max(x) FROM n`).get(); } catch {} for (;;) {}",
        ),
        (
            "iterate",
            "for (const row of db.query(`WITH RECURSIVE n(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM n) SELECT x FROM n WHERE x < 0`).iterate()) row;",
        ),
    ] {
        let server = format!(
            "import {{ Database }} from 'bun:sqlite';\nconst db = new Database();\nexport default {{ fetch() {{\n  {call}\n  for (const x of []) x;\n}} }};"
        );
        let mut actor = Actor::ready(&engine, &server).await;
        actor.ask("GET", "/", &[]);
        let RunEnd::Limit {
            limit,
            fault: Some(fault),
        } = actor.end().await
        else {
            panic!("{what}: no limit with a place");
        };
        assert_eq!(limit, LimitName::Turn, "{what}");
        assert_eq!(place(&fault), Some(("server.js", 4)), "{what}");
        let named = ", here in the query “WITH RECURSIVE n(x) AS (SELECT 1 UNION ALL";
        assert!(
            fault.message.starts_with("one turn took longer than 1 s"),
            "{what}"
        );
        assert!(fault.message.contains(named), "{what}: {}", fault.message);
    }
}

#[tokio::test]
async fn a_named_database_says_that_it_begins_empty_once_and_how_to_fill_it() {
    let engine = engine().await;
    let server = "import { Database } from 'bun:sqlite';
const db = new Database('./my.sqlite');
new Database('my.sqlite').close();
new Database(':memory:');
try { new Database('other.sqlite', { readonly: true }); } catch (error) { console.log(error.message); }
export default { fetch: () => new Response('on') };";
    let mut actor = Actor::ready(&engine, server).await;
    assert_eq!(actor.get("/").await, "on");
    let lines = actor.lines();
    assert_eq!(
        lines,
        [
            "“my.sqlite” is kept in memory: it begins empty at each start, and nothing is on a disk. Fill it by \
             db.exec(await Bun.file(\"schema.sql\").text())",
            "“other.sqlite” is not there: a sandbox has no disk, so each database begins empty. Leave out “readonly” \
             and “create: false”",
            "unable to open database file",
        ]
    );
}
