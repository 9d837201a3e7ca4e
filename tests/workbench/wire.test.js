// Which rows the wire makes of what crossed, and what its composer makes of a row, without a browser.

import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { test } from "node:test";
import { bodyOf, modelOf } from "../../embedded/scripts/workbench/composer-model.js";
import { asCurl } from "../../embedded/scripts/workbench/curl.js";
import { cookiesOf, disguise } from "../../embedded/scripts/workbench/disguise.js";
import { countOf, gather, reachOf } from "../../embedded/scripts/workbench/wire-groups.js";
import { openNoise } from "../../embedded/scripts/workbench/wire-noise.js";

const SITE = "http://abc.hxlab.localhost:8000";

/** What crosses, one after the other. */
function wire() {
  let number = 0;
  const entry = (rest) => ({ entry: (number += 1), at: number, client: "A", ...rest });
  return {
    asks: (path, rest = {}) =>
      entry({ kind: "http", method: "GET", path, status: 200, request_headers: [], ...rest }),
    tells: (name, data, client = "A") =>
      entry({ kind: "sse", event: "message", path: "/news", stream: 1, name, data, client }),
    sends: (direction, text, rest = {}) =>
      entry({
        kind: "websocket",
        event: "message",
        path: "/chat",
        socket: 2,
        direction,
        text,
        ...rest,
      }),
    has: (sentence) => entry({ kind: "fault", sentence, client: "You" }),
    opens: (kind, rest) => entry({ kind, event: "open", path: "/chat", ...rest }),
  };
}

/** The rows that these entries make. */
function rowsOf(entries, isNoise = () => false) {
  const groups = gather(isNoise);
  return [...new Set(entries.map(groups.take))];
}

test("an event that comes again and again is one row until something else crosses", () => {
  const { asks, tells } = wire();
  const rows = rowsOf([
    tells("price", "1"),
    tells("build", "100"),
    tells("price", "2"),
    tells("price", "3"),
    asks("/page"),
    tells("price", "4"),
  ]);
  assert.deepEqual(rows.map(countOf), [3, 1, 1, 1]);
  assert.equal(rows[0].last.data, "3");
});

test("what is noise does not end a row", () => {
  const { asks, tells } = wire();
  const isNoise = openNoise(["/poll"]);
  const entries = [tells("price", "1"), asks("/poll?at=1"), tells("price", "2")];
  assert.deepEqual(rowsOf(entries, isNoise).map(countOf), [2, 1]);
});

test("what goes to several at once is counted once, and says whom it reached", () => {
  const { tells } = wire();
  const [row, ...others] = rowsOf([
    tells("price", "1", "A"),
    tells("price", "1", "B"),
    tells("price", "2", "A"),
    tells("price", "2", "B"),
  ]);
  assert.deepEqual([others, countOf(row), reachOf(row)], [[], 2, 2]);
  assert.deepEqual([...row.counts.keys()], ["A", "B"]);
});

test("a publish is one row; the next one with other words is another", () => {
  const { sends } = wire();
  const first = { topic: "room", first: 1 };
  const second = { topic: "room", first: 3 };
  const rows = rowsOf([
    sends("out", "Hello", { published: first, client: "A" }),
    sends("out", "Hello", { published: first, client: "B" }),
    sends("out", "Bye", { published: second, client: "A" }),
  ]);
  assert.deepEqual(rows.map(reachOf), [2, 1]);
  const [many] = rowsOf([sends("out", "Hello", { published: first, receivers: 300 })]);
  assert.deepEqual([countOf(many), reachOf(many)], [1, 300]);
});

test("what a browser sends is never folded", () => {
  const { sends } = wire();
  assert.equal(rowsOf([sends("in", "same"), sends("in", "same")]).length, 2);
});

test("an exchange takes in the line that it opened, and its later state", () => {
  const { asks, opens } = wire();
  const asked = asks("/chat", { status: null, request: 7 });
  const rows = rowsOf([
    asked,
    opens("websocket", { socket: 8 }),
    { ...asked, status: 101 },
    opens("websocket", { socket: 7 }),
    opens("websocket", { socket: 7, client: "B" }),
  ]);
  assert.equal(rows.length, 3);
  assert.deepEqual([rows[0].last.status, rows[0].opened.socket], [101, 7]);
});

test("what grows is bounded: the rows of it, its members, and what they take", () => {
  const { sends } = wire();
  const groups = gather(() => false);
  const long = "x".repeat(4000);
  const folded = Array.from({ length: 300 }, () => groups.take(sends("out", long)));
  assert.equal(new Set(folded).size, 1);
  assert.ok(groups.bytes() < 200_000, `${groups.bytes()}`);
  assert.equal(countOf(folded[0]), 300);
  const all = Array.from({ length: 600 }, (_, at) =>
    groups.take(sends("out", `${"y".repeat(at)} said`)),
  );
  const again = groups.take(sends("out", " said"));
  assert.notEqual(again, all[0], "so many rows at once grow");
  for (const group of new Set([...folded, ...all, again])) groups.drop(group);
  assert.equal(groups.bytes(), 0);
  assert.notEqual(groups.take(sends("out", long)), folded[0]);
});

test("an exchange that is dropped does not come back with its later states", () => {
  const { asks } = wire();
  const groups = gather(() => false);
  const asked = asks("/slow", { status: null, done: false });
  groups.drop(groups.take(asked));
  assert.equal(groups.take({ ...asked, status: 200 }), null);
  assert.equal(groups.take({ ...asked, status: 200, done: true }), null);
  assert.equal(groups.of(asked.entry), undefined);
});

test("noise is a path, an event's name or words of a message, and never what failed or a fault", () => {
  const { asks, tells, sends, opens, has } = wire();
  const isNoise = openNoise(["/poll", "/static/*", "price*", 'text:"ping"', "/chat"]);
  const quiet = [
    asks("/poll?at=1"),
    asks("/static/a.css"),
    tells("price-tea", "1"),
    sends("in", '{"type":"ping"}', { path: "/room" }),
    opens("websocket", { socket: 1 }),
  ];
  assert.deepEqual(
    quiet.filter((entry) => !isNoise(entry)),
    [],
  );
  const loud = [
    asks("/polls"),
    asks("/poll", { status: 500 }),
    tells("notice", "price"),
    sends("in", "the price is high", { path: "/room" }),
    opens("websocket", { socket: 1, event: "close", code: 1011 }),
    has("You cut 1 connection."),
  ];
  assert.deepEqual(loud.filter(isNoise), []);
});

test("a request is copied as a line that a shell reads as it was", () => {
  const { asks } = wire();
  const entry = asks("/say?it=a b", {
    method: "POST",
    request_headers: [
      ["host", "abc.hxlab.localhost:8000"],
      ["content-length", "9"],
      ["hx-request", "true"],
      ["cookie", "name=Ada"],
    ],
    request_body: "it's $HOME",
  });
  assert.equal(
    asCurl(entry, SITE),
    [
      `curl -X 'POST' '${SITE}/say?it=a b'`,
      `  -H 'hx-request: true'`,
      `  -H 'cookie: name=Ada'`,
      `  --data-raw 'it'\\''s $HOME'`,
    ].join(" \\\n"),
  );
});

test("characters that a terminal acts on are copied as their numbers", () => {
  const { asks } = wire();
  const copied = asCurl(
    asks("/say", {
      method: "POST",
      request_headers: [["user-agent", "it's \\ \u001b]0;mine\u0007"]],
      request_body: "one\ntwo\r\u0085ü\u0015",
    }),
    SITE,
  );
  assert.equal(
    copied,
    [
      `curl -X 'POST' '${SITE}/say'`,
      String.raw`  -H $'user-agent: it\'s \\ \x1b]0;mine\x07'`,
      String.raw`  --data-raw $'one\x0atwo\x0d\xc2\x85ü\x15'`,
    ].join(" \\\n"),
  );
});

test("a shell hands curl what was asked", () => {
  const { asks } = wire();
  const words = `it's \\ "$HOME" \u001b[31m\n\u0085ü`;
  const line = asCurl(asks("/", { method: "POST", request_body: words }), SITE);
  const shown = execFileSync("bash", ["-c", `curl() { printf '%s' "\${@: -1}"; }; ${line}`]);
  assert.equal(shown.toString(), words);
});

test("curl is told what it would not do by itself", () => {
  const { asks } = wire();
  const copied = (path, rest) => asCurl(asks(path, rest), SITE);
  assert.equal(copied("/a"), `curl '${SITE}/a'`);
  assert.equal(copied("/a", { method: "HEAD" }), `curl --head '${SITE}/a'`);
  assert.equal(copied("/?a[]={1}"), `curl --globoff '${SITE}/?a[]={1}'`);
  assert.match(copied("/a", { request_body: "x" }), /^curl -X 'GET' /);
  assert.match(copied("/a", { request_headers: [["accept", ""]] }), /-H 'accept;'$/);
});

test("of a body that is not kept whole, curl and the composer are told", () => {
  const { asks } = wire();
  const request_headers = [["content-type", "image/png; name=a"]];
  const binary = asks("/up", {
    method: "POST",
    request_headers,
    request_body: null,
    request_size: 70_000,
  });
  assert.match(
    asCurl(binary, SITE),
    /^# .*68 KiB of image\/png.*\ncurl -X 'POST'(.|\n)*--data-binary @body$/,
  );
  assert.match(modelOf(binary).lack, /68 KiB of image\/png/);
  const cut = asks("/up", { method: "POST", request_body: "é".repeat(2048), request_size: 5000 });
  assert.match(asCurl(cut, SITE), /^# .*only the start(.|\n)*--data-raw 'é/);
  assert.match(modelOf(cut).lack, /only the start/);
  const whole = asks("/up", { request_body: "é", request_size: 2, truncated: true });
  assert.match(asCurl(whole, SITE), /^curl/, "it is the answer that is cut");
  assert.equal(modelOf(whole).lack, "");
});

test("what is repeated has the headers of its sender, and not those of the browser", () => {
  const { asks, sends, tells, opens } = wire();
  const headers = [
    ["host", "abc"],
    ["origin", SITE],
    ["cookie", "a=1"],
    ["sec-fetch-site", "same-origin"],
    ["hx-request", "true"],
  ];
  const { kind, headers: kept } = modelOf(asks("/", { request_headers: headers }));
  assert.deepEqual([kind, kept], ["request", "hx-request: true"]);
  assert.equal(modelOf(asks("/", { status: 101 })).kind, "handshake");
  assert.equal(modelOf(sends("in", "Hi")).to, "server");
  assert.equal(modelOf(tells("price", "1")).name, "price");
  assert.equal(modelOf(opens("websocket", { socket: 1 })), null);
});

test("a body that is sent again keeps its line breaks", () => {
  const model = { body: "--a\r\n\r\none\r\n--a--\r\n" };
  const multipart = [["content-type", "multipart/form-data; boundary=a"]];
  assert.equal(bodyOf("--a\n\none\n--a--\n", model, []), model.body);
  assert.equal(bodyOf("--a\n\ntwo\n--a--\n", model, multipart), "--a\r\n\r\ntwo\r\n--a--\r\n");
  assert.equal(bodyOf("one\ntwo", { body: "" }, []), "one\ntwo");
});

test("another site's page has another origin and only the cookies that go anywhere", () => {
  const cookies = [
    { name: "any", value: "1", sameSite: "none" },
    { name: "lax", value: "2", sameSite: "lax" },
    { name: "strict", value: "3", sameSite: "strict" },
  ];
  const sent = (place, method, isHandshake = false) =>
    Object.fromEntries(disguise({ place, method, isHandshake, origin: SITE, cookies }));
  assert.equal(sent("own", "POST").origin, SITE);
  assert.equal(sent("own", "POST").cookie, "any=1; lax=2; strict=3");
  assert.equal(sent("sibling", "POST").origin, "http://elsewhere.hxlab.localhost:8000");
  assert.equal(sent("sibling", "POST").cookie, "any=1; lax=2; strict=3");
  assert.equal(sent("other", "POST").origin, "https://elsewhere.example");
  assert.equal(sent("other", "POST")["sec-fetch-site"], "cross-site");
  assert.equal(sent("other", "POST").cookie, "any=1");
  assert.equal(sent("other", "GET").cookie, "any=1; lax=2");
  assert.equal(sent("other", "GET").origin, undefined);
  assert.equal(sent("other", "GET", true).cookie, "any=1");
  assert.deepEqual(sent("none", "POST"), {});
});

test("a client's cookies are those it sent last and those it was given since", () => {
  const { asks } = wire();
  const given = (line) => ({ response_headers: [["set-cookie", line]] });
  const sent = (line) => ({ request_headers: [["cookie", line]] });
  const entries = [
    asks("/", given("id=1; HttpOnly; SameSite=Strict")),
    asks("/", {
      ...sent("id=1; theme=dark; old=1; new=1"),
      response_headers: [
        ["set-cookie", "theme=; Max-Age=0; Expires=Fri, 01 Jan 2999 00:00:00 GMT"],
        ["set-cookie", "old=; Expires=Thu, 01 Jan 1970 00:00:00 GMT"],
        ["set-cookie", "new=1; Max-Age=60; Expires=Thu, 01 Jan 1970 00:00:00 GMT"],
      ],
    }),
    asks("/", { ...given("id=2"), client: "B" }),
    asks("/", given("csrf=x; SameSite=None; Secure")),
  ];
  assert.deepEqual(cookiesOf("A", entries.slice(0, 2)), [
    { name: "id", value: "1", sameSite: "strict" },
    { name: "new", value: "1", sameSite: "lax" },
  ]);
  assert.deepEqual(cookiesOf("A", [entries[1], entries[3]]).at(-1), {
    name: "csrf",
    value: "x",
    sameSite: "none",
  });
  assert.deepEqual(cookiesOf("B", entries), [{ name: "id", value: "2", sameSite: "lax" }]);
});
