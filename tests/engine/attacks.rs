//! What a learner's server can do to the machine, by accident or on purpose: for the tests, which see
//! that each is stopped and named, and for the figures, which measure how soon.

use std::time::Duration;

use hxlab::limits::{LimitName, Limits};

/// One way to go too far.
pub struct Attack {
    pub name: &'static str,
    /// The body of `fetch`, or of `open` where it needs a socket.
    body: &'static str,
    /// Whether it is done as a WebSocket opens.
    pub on_open: bool,
    /// The limits that may end it; which of several depends on the machine's speed.
    pub ends_by: &'static [LimitName],
}

impl Attack {
    /// Low ones, so that a slow machine reaches them as well; time is short only where it may end this.
    pub fn limits(&self) -> Limits {
        let milliseconds = if self.ends_by.contains(&LimitName::Turn) {
            300
        } else {
            600_000
        };
        Limits {
            turn: Duration::from_millis(milliseconds),
            memory: 8 * 1024 * 1024,
            lines: 100,
            messages: 2_000,
            bytes: 4 * 1024 * 1024,
            ..Limits::default()
        }
    }

    pub fn server(&self) -> String {
        let Self { body, .. } = self;
        if self.on_open {
            format!(
                "export default {{ fetch(req, server) {{ server.upgrade(req); }},
                 websocket: {{ open(ws) {{\n{body}\n}}, message() {{}} }} }};"
            )
        } else {
            format!("export default {{ async fetch(req, server) {{\n{body}\n}} }};")
        }
    }
}

const TURN: &[LimitName] = &[LimitName::Turn];
const MEMORY: &[LimitName] = &[LimitName::Memory];
const TURN_OR_MEMORY: &[LimitName] = &[LimitName::Turn, LimitName::Memory];
const LINES: &[LimitName] = &[LimitName::Lines];
const LINES_OR_TURN: &[LimitName] = &[LimitName::Lines, LimitName::Turn];
/// At the limit of timers each further one throws, which is a line.
const SAID_OR_LINES: &[LimitName] = &[LimitName::Messages, LimitName::Bytes, LimitName::Lines];
const SAID: &[LimitName] = &[LimitName::Messages, LimitName::Bytes];
const SAID_OR_TURN: &[LimitName] = &[LimitName::Messages, LimitName::Bytes, LimitName::Turn];

const fn at_fetch(name: &'static str, body: &'static str, ends_by: &'static [LimitName]) -> Attack {
    Attack {
        name,
        body,
        on_open: false,
        ends_by,
    }
}

const fn at_open(name: &'static str, body: &'static str, ends_by: &'static [LimitName]) -> Attack {
    Attack {
        on_open: true,
        ..at_fetch(name, body, ends_by)
    }
}

pub const ATTACKS: &[Attack] = &[
    // Endless work.
    at_fetch("endless_loop", "for (;;) {}", TURN),
    at_fetch(
        "loop_that_catches",
        "for (;;) { try { for (;;) {} } catch {} }",
        TURN,
    ),
    at_fetch("async_loop", "await null; for (;;) {}", TURN),
    at_fetch(
        "endless_generator",
        "function* all() { for (;;) yield 1; } for (const one of all()) one;",
        TURN,
    ),
    at_fetch(
        "microtask_storm",
        "const again = () => { Promise.resolve().then(again); }; again(); return new Promise(() => {});",
        TURN,
    ),
    at_fetch("await_storm", "for (;;) await null;", TURN),
    at_fetch(
        "queue_microtask_storm",
        "const again = () => queueMicrotask(again); again();",
        TURN,
    ),
    at_fetch(
        "catastrophic_pattern",
        "/^(a+)+$/.test('a'.repeat(40) + 'b');",
        TURN,
    ),
    at_fetch(
        "catastrophic_replace",
        "('a'.repeat(40) + 'b').replace(/(a|aa)+$/, '');",
        TURN,
    ),
    at_fetch(
        "recursion_without_depth",
        "const down = (n) => { try { down(n + 1); } finally { down(n + 1); } }; down(0);",
        TURN,
    ),
    // Native loops that do not ask whether to go on.
    at_fetch(
        "native_reverse",
        "[].reverse.call({ length: 2 ** 53 - 2 });",
        TURN,
    ),
    at_fetch(
        "native_join",
        "[].join.call({ length: 2 ** 32 - 1 });",
        TURN_OR_MEMORY,
    ),
    at_fetch(
        "native_concat",
        "[].concat({ length: 2 ** 53 - 2, [Symbol.isConcatSpreadable]: true });",
        TURN,
    ),
    at_fetch(
        "native_stringify",
        "let a = []; for (let n = 0; n < 60; n++) a = [a, a]; JSON.stringify(a);",
        TURN_OR_MEMORY,
    ),
    at_fetch(
        "native_index_of",
        "[].lastIndexOf.call({ length: 2 ** 53 - 2 }, 1);",
        TURN,
    ),
    at_fetch(
        "native_copy_within",
        "[].copyWithin.call({ length: 2 ** 53 - 2 }, 1, 0);",
        TURN,
    ),
    at_fetch(
        "native_splice",
        "[].splice.call({ length: 2 ** 53 - 2 }, 0, 1);",
        TURN,
    ),
    at_fetch(
        "native_big_number",
        "for (;;) 3n ** 600_000n;",
        TURN_OR_MEMORY,
    ),
    // Memory.
    at_fetch(
        "array_bomb",
        "const all = []; for (;;) all.push(new Array(1e5).fill(1));",
        MEMORY,
    ),
    at_fetch(
        "object_bomb",
        "const all = []; for (;;) all.push({ all: [all.length] });",
        MEMORY,
    ),
    at_fetch(
        "text_bomb",
        "const all = []; for (;;) all.push('x'.repeat(1e5) + all.length);",
        MEMORY,
    ),
    at_fetch(
        "buffer_bomb",
        "const all = []; for (;;) all.push(new Uint8Array(1e6));",
        MEMORY,
    ),
    at_fetch(
        "closure_bomb",
        "const all = []; for (;;) all.push(() => all);",
        MEMORY,
    ),
    at_fetch(
        "promise_bomb",
        "const all = []; for (;;) all.push(new Promise(() => {}));",
        MEMORY,
    ),
    at_fetch(
        "rejection_bomb",
        "for (;;) Promise.reject(new Error('x'.repeat(1000)));",
        TURN_OR_MEMORY,
    ),
    // Memory by way of our own copies.
    at_fetch(
        "encoder_bomb",
        "const all = []; const t = 'x'.repeat(1e6); for (;;) all.push(new TextEncoder().encode(t));",
        MEMORY,
    ),
    at_fetch(
        "decoder_bomb",
        "const all = []; const b = new Uint8Array(1e6); for (;;) all.push(new TextDecoder().decode(b));",
        MEMORY,
    ),
    at_fetch(
        "address_bomb",
        "const all = []; const t = 'http://a/' + 'x'.repeat(1e5); for (;;) all.push(new URL(t));",
        MEMORY,
    ),
    at_fetch(
        "header_bomb",
        "const h = new Headers(); for (let n = 0; ; n++) h.append('x-' + n, 'x'.repeat(1e5));",
        MEMORY,
    ),
    at_fetch(
        "stream_bomb",
        "return new Response(new ReadableStream({ start(c) { for (;;) c.enqueue(new Uint8Array(60000)); } }));",
        MEMORY,
    ),
    // Floods.
    at_fetch(
        "console_flood",
        "for (let n = 0; ; n++) console.log(n);",
        LINES,
    ),
    at_fetch(
        "console_flood_of_long_lines",
        "const t = 'x'.repeat(1e5); for (;;) console.error(t);",
        LINES_OR_TURN,
    ),
    at_fetch(
        "fault_flood",
        "setInterval(() => { for (let n = 0; n < 50; n++) Promise.reject(1); }, 1); return new Promise(() => {});",
        LINES,
    ),
    at_open(
        "publish_storm",
        "ws.subscribe('all'); for (;;) ws.publish('all', 'x');",
        SAID_OR_TURN,
    ),
    at_open(
        "large_publish_storm",
        "ws.subscribe('all'); const t = 'x'.repeat(3e5); for (;;) ws.publish('all', t);",
        SAID_OR_TURN,
    ),
    at_open(
        "long_message_storm",
        "const t = new Uint8Array(3 << 20); for (;;) ws.send(t);",
        SAID_OR_TURN,
    ),
    at_open(
        "send_storm",
        "for (;;) ws.send('x'.repeat(1000));",
        SAID_OR_TURN,
    ),
    at_open("ping_storm", "for (;;) ws.ping();", SAID_OR_TURN),
    at_open(
        "subscribe_storm",
        "for (let n = 0; ; n++) ws.subscribe('topic ' + n);",
        SAID_OR_TURN,
    ),
    at_fetch(
        "thousand_timers",
        "for (let n = 0; n < 1000; n++) setInterval(() => {}, 1); return new Promise(() => {});",
        SAID,
    ),
    at_fetch(
        "timer_chain",
        "const again = () => { setTimeout(again, 0); setTimeout(again, 0); }; again(); return new Promise(() => {});",
        SAID_OR_LINES,
    ),
    // Databases.
    at_fetch(
        "endless_query",
        "const { Database } = await import('bun:sqlite'); new Database().query('with recursive n(x) as (select 1 union all select x + 1 from n) select max(x) from n').get();",
        TURN,
    ),
    at_fetch(
        "endless_join",
        "const { Database } = await import('bun:sqlite'); const n = 'with n(x) as (select value from json_each(json_array(1,2,3,4,5,6,7,8,9))) '; new Database().query(n + 'select count(*) from n ' + ', n '.repeat(30).replace(/n/g, () => 'n as a' + Math.random().toString(36).slice(2))).get();",
        TURN,
    ),
    at_fetch(
        "native_instr",
        "const { Database } = await import('bun:sqlite'); new Database().query(`select instr(zeroblob(1500000), cast(zeroblob(750000) || 'x' as blob))`).get();",
        TURN,
    ),
    at_fetch(
        "row_bomb",
        "const { Database } = await import('bun:sqlite'); new Database().query('with recursive n(x) as (select 1 union all select x + 1 from n) select x from n').all();",
        TURN_OR_MEMORY,
    ),
    at_fetch(
        "statement_bomb",
        "const { Database } = await import('bun:sqlite'); const db = new Database(), all = []; for (;;) try { all.push(db.prepare('select ' + all.length)); } catch { all.push(0); }",
        TURN_OR_MEMORY,
    ),
    // The server's own address, and what Bun's members make of much.
    at_fetch(
        "own_endless_body",
        "if (req.url.endsWith('/own')) return new Response(new ReadableStream({ pull: (it) => it.enqueue(new Uint8Array(65536)) })); return new Response(await (await fetch(new URL('/own', req.url))).bytes());",
        TURN_OR_MEMORY,
    ),
    at_open(
        "own_send_storm",
        "if (globalThis.own) return; globalThis.own = new WebSocket('ws://localhost:3000/'); own.onopen = () => { for (;;) own.send('x'.repeat(1000)); };",
        TURN_OR_MEMORY,
    ),
    at_fetch(
        "compression_loop",
        "const bytes = new Uint8Array(1 << 20); for (;;) Bun.gzipSync(bytes);",
        TURN,
    ),
    at_fetch(
        "hash_loop",
        "const bytes = new Uint8Array(1 << 20); for (;;) Bun.hash.crc32(bytes);",
        TURN,
    ),
    at_fetch(
        "digest_loop",
        "const bytes = new Uint8Array(1 << 20); for (;;) Bun.CryptoHasher.hash('sha256', bytes);",
        TURN,
    ),
    at_fetch(
        "hasher_bomb",
        "const hasher = new Bun.CryptoHasher('sha256'); for (;;) hasher.update(new Uint8Array(65536));",
        TURN_OR_MEMORY,
    ),
    at_fetch("endless_sleep", "Bun.sleepSync(1e9);", TURN),
    // Languages.
    at_fetch(
        "formats",
        "for (let n = 0; ; n++) new Intl.NumberFormat('en', { maximumFractionDigits: n % 100 }).format(n);",
        TURN,
    ),
    at_fetch(
        "formats_kept",
        "const all = []; for (;;) all.push(new Intl.DateTimeFormat('de', { dateStyle: 'full' }));",
        TURN_OR_MEMORY,
    ),
    at_fetch(
        "zones",
        "const names = Intl.supportedValuesOf('timeZone');
         for (;;) for (const timeZone of names) new Date().toLocaleString('en', { timeZone });",
        TURN_OR_MEMORY,
    ),
    at_fetch(
        "collation",
        "const long = 'ä'.repeat(1e6); for (;;) (long + 'a').localeCompare(long + 'b', 'sv');",
        TURN_OR_MEMORY,
    ),
    at_fetch(
        "segments",
        "const text = 'a b'.repeat(1e6); for (;;) [...new Intl.Segmenter('en').segment(text)];",
        TURN_OR_MEMORY,
    ),
    at_fetch(
        "long_number",
        "const digits = '7'.repeat(3e5); for (;;) new Intl.NumberFormat().format('1.' + digits);",
        TURN_OR_MEMORY,
    ),
    at_fetch(
        "number_in_parts",
        "const digits = '7'.repeat(1e5); for (;;) new Intl.NumberFormat('hi').formatToParts(digits);",
        TURN_OR_MEMORY,
    ),
    at_fetch(
        "list_in_parts",
        "const list = Array(1e5).fill('x'); for (;;) new Intl.ListFormat('de').formatToParts(list);",
        TURN_OR_MEMORY,
    ),
    at_fetch(
        "locales",
        "const all = Array(1e5).fill('zh-Hant-TW-u-co-stroke'); for (;;) Intl.getCanonicalLocales(all);",
        TURN_OR_MEMORY,
    ),
    at_fetch(
        "sorted_texts",
        "const text = 'ß'.repeat(5e5), { compare } = new Intl.Collator('de', { numeric: true });
         const all = Array.from({ length: 50 }, (_, n) => text + n); for (;;) all.sort(compare).reverse();",
        TURN_OR_MEMORY,
    ),
    at_fetch(
        "endless_list",
        "const { Database } = await import('bun:sqlite'); const db = new Database();
         const list = Array.from({ length: 2e4 }, (_, n) => n).join();
         db.query(`with recursive n(x) as (select 1 union all select x + 1 from n)
           select count(*) from n where -x in (${list})`).get();",
        TURN_OR_MEMORY,
    ),
];
