// The modules of Node's that are no more than JavaScript, with and without their “node:”.
import assert, { AssertionError } from "node:assert";
import strict from "node:assert/strict";
import {
  createHash,
  createHmac,
  getHashes,
  hash,
  randomBytes,
  randomInt,
  randomUUID,
  timingSafeEqual,
} from "node:crypto";
import { EventEmitter, on, once } from "node:events";
import Events from "events";
import path, { join } from "node:path";
import querystring from "node:querystring";
import { StringDecoder } from "node:string_decoder";
import { setTimeout as wait } from "node:timers/promises";
import url from "node:url";
import util, { promisify } from "node:util";
import posix from "path/posix";

const outcome = async (act) => {
  try {
    const value = await act();
    return value === undefined ? "nothing" : value;
  } catch (error) {
    return [error.name, error.code ?? null, error.message, error.operator ?? null];
  }
};
const all = async (acts) => {
  const outcomes = [];
  for (const act of acts) outcomes.push(await outcome(act));
  return Response.json(outcomes);
};

const ADDRESSES = [
  "http://ada:secret@Example.com:8080/a/b?x=1&x=2&y=%20#top",
  "/goods?id=7",
  "//example.com/x",
  "mailto:ada@example.com",
  "https://example.com",
  "file:///etc/passwd",
  "a b?c d",
];

const thrower = (thrown) => () => {
  throw thrown;
};
const viewOf = (...bytes) => new DataView(Uint8Array.from(bytes).buffer);

const routes = {
  "/assert": () =>
    all([
      () => assert(true),
      () => assert.ok(0, "zero is nothing"),
      () => assert.equal(1, "1"),
      () => assert.equal(1, 2),
      () => assert.strictEqual(1, 2),
      () => assert.strictEqual("a", "b", "not the same"),
      () => assert.notStrictEqual(1, 1, "the same"),
      () => assert.deepEqual({ a: [1, "2"] }, { a: ["1", 2] }),
      () => assert.deepStrictEqual(new Map([[1, { a: 1 }]]), new Map([[1, { a: 1 }]])),
      () => assert.deepStrictEqual(new Set([1, [2]]), new Set([[2], 1])),
      () => assert.deepStrictEqual([1, 2], [1, 3], "other numbers"),
      () => strict.equal(1, "1", "strictly"),
      () =>
        assert.throws(() => {
          throw new TypeError("bad");
        }, TypeError),
      () =>
        assert.throws(() => {
          throw new TypeError("bad");
        }, /bad/),
      () =>
        assert.throws(
          () => {
            throw new TypeError("bad");
          },
          { message: "bad", name: "TypeError" },
        ),
      () => assert.throws(() => {}),
      () => assert.rejects(Promise.reject(new Error("no")), /no/),
      () => assert.rejects(async () => {}),
      () => assert.doesNotThrow(() => 1),
      ...[TypeError, RangeError, /x/, /y/, "said", () => true].map(
        (kind) => () => assert.doesNotThrow(thrower(new TypeError("x")), kind),
      ),
      ...[null, "text", new Error("b")].map(
        (thrown) => () => assert.throws(thrower(thrown), { message: "a" }, "another error"),
      ),
      () => {
        try {
          assert.throws(thrower(null), { message: "a" });
        } catch ({ name, operator, generatedMessage }) {
          return [name, operator, generatedMessage];
        }
      },
      () => assert.throws(thrower(new Error("b")), { message: "a" }),
      () => assert.throws(thrower(new Error("b")), { message: /b/, name: "Error" }),
      () => assert.throws(thrower(new Error("b")), RangeError),
      () => assert.throws(thrower(new Error("b")), function isRight() {}),
      () => assert.deepStrictEqual(viewOf(1, 2), viewOf(1, 2)),
      () => assert.deepStrictEqual(viewOf(1, 2), viewOf(1, 3), "other bytes"),
      () => assert.match("hello", /ell/),
      () => assert.fail("stop"),
      () => assert.ifError(null),
      () => assert.ifError(new Error("seen")),
      () => new AssertionError({ actual: 1, expected: 2, operator: "strictEqual" }).message,
    ]),
  "/crypto": () =>
    all([
      ...["md5", "sha1", "SHA256", "sha384", "sha512", "sha224", "sha512-256", "RSA-SHA256"].map(
        (name) => () =>
          createHash(name)
            .update("héllo")
            .update(Buffer.from([1]))
            .digest("hex"),
      ),
      () => createHash("sha256").update("ff", "hex").digest("base64url"),
      () => createHash("sha256").digest().length,
      () => {
        const one = createHash("sha1").update("a");
        const two = one.copy();
        return [one.update("b").digest("hex"), two.digest("hex")];
      },
      () => createHmac("sha256", "key").update("text").digest("base64"),
      () => createHmac("sha512", Buffer.alloc(200, 1)).update("text").digest("hex"),
      () => hash("sha1", "text"),
      () => createHash("nothing"),
      () => createHash("sha1").update(5),
      () => {
        const done = createHash("sha1");
        done.digest();
        done.digest();
      },
      () => [randomBytes(8).length, randomBytes(70_000).length, Buffer.isBuffer(randomBytes(1))],
      () =>
        new Promise((resolve) => randomBytes(4, (error, bytes) => resolve([error, bytes.length]))),
      () => /^[\da-f-]{36}$/.test(randomUUID()),
      () =>
        Array.from({ length: 50 }, () => randomInt(3, 6)).every((value) => value >= 3 && value < 6),
      () => randomInt(5, 5),
      () => [
        timingSafeEqual(Buffer.from("a"), Buffer.from("a")),
        timingSafeEqual(Buffer.from("a"), Buffer.from("b")),
      ],
      () => timingSafeEqual(Buffer.from("a"), Buffer.from("ab")),
      () => ["md5", "sha1", "sha256", "sha512"].every((name) => getHashes().includes(name)),
    ]),
  "/events": () =>
    all([
      () => Events === EventEmitter && Events.EventEmitter === EventEmitter,
      () => {
        const said = [];
        const emitter = new EventEmitter();
        emitter.on("say", function (...words) {
          said.push(["on", this === emitter, ...words]);
        });
        emitter.prependListener("say", () => said.push("first"));
        emitter.once("say", (word) => said.push(["once", word]));
        return [
          emitter.emit("say", "a", "b"),
          emitter.emit("say", "c"),
          emitter.emit("quiet"),
          said,
          emitter.listenerCount("say"),
          emitter.eventNames(),
        ];
      },
      () => new EventEmitter().emit("error", new RangeError("lost")),
      () => new EventEmitter().emit("error", "words"),
      () => {
        const emitter = new EventEmitter();
        queueMicrotask(() => emitter.emit("ready", 1, 2));
        return once(emitter, "ready");
      },
      () => {
        const emitter = new EventEmitter();
        queueMicrotask(() => emitter.emit("error", new Error("broken")));
        return once(emitter, "ready");
      },
      async () => {
        const emitter = new EventEmitter();
        const seen = [];
        queueMicrotask(() => [1, 2, 3].forEach((value) => emitter.emit("tick", value)));
        for await (const [value] of on(emitter, "tick")) if (seen.push(value) === 3) break;
        return [seen, emitter.listenerCount("tick")];
      },
      () => once(new EventEmitter(), "never", { signal: AbortSignal.abort() }),
      () => {
        class Room extends EventEmitter {}
        const room = new Room();
        return [room instanceof EventEmitter, room.getMaxListeners()];
      },
      () => new EventEmitter().on("x", 5),
    ]),
  "/path": () =>
    all([
      () => [
        join("a", "..", "b", "./c.txt"),
        path.resolve("/a", "../b"),
        path.basename("/x/y.html", ".html"),
      ],
      () => [
        path.extname("a.tar.gz"),
        path.dirname("/a/b/c"),
        path.isAbsolute("a"),
        path.sep,
        path.delimiter,
      ],
      () => [path.parse("/home/ada/notes.txt"), path.format({ dir: "/x", name: "y", ext: ".z" })],
      () => [
        path.relative("/a/b/c", "/a/d"),
        path.normalize("/a//b/../c/."),
        posix.join("a", "b"),
        path.posix === path,
      ],
    ]),
  "/querystring": () =>
    all([
      () => querystring.parse("a=1&b=%20x+y&a=2&c&=d&%zz=%E4"),
      () => querystring.stringify({ a: [1, 2], b: "å&", c: true, d: null, e: NaN }),
      () => querystring.parse("a:1;b:2", ";", ":"),
      () => Object.keys(querystring.parse("a&b&c", null, null, { maxKeys: 2 })),
      () => [querystring.escape("a b/é"), querystring.unescape("%41%zz")],
      () => Object.getPrototypeOf(querystring.parse("")) === null,
    ]),
  "/url": () =>
    all([
      ...ADDRESSES.map((address) => () => ({ ...url.parse(address, true) })),
      ...ADDRESSES.map((address) => () => url.format(url.parse(address))),
      () => url.parse("/x?a=1").query,
      () => [
        url.resolve("/one/two", "three"),
        url.resolve("http://a.com/b/c", "../d"),
        url.resolve("a/b", "c"),
      ],
      () =>
        url.format({
          protocol: "https",
          hostname: "a.com",
          port: 81,
          pathname: "x",
          query: { y: [1, 2] },
        }),
      () => url.format(new URL("https://u:p@a.com/b?c#d"), { auth: false, fragment: false }),
      () => [
        url.fileURLToPath("file:///a%20b"),
        String(url.pathToFileURL("/a b")),
        url.URL === URL,
      ],
      () => url.urlToHttpOptions(new URL("https://a:b@example.com:8/x?y")),
      () => url.parse(5),
    ]),
  "/decoder": () =>
    all([
      () => {
        const text = new StringDecoder("utf8");
        return [text.write(Buffer.from([0xe2, 0x82])), text.write(Buffer.from([0xac])), text.end()];
      },
      () => {
        const text = new StringDecoder("utf8");
        return [text.write(Buffer.from([0x61, 0xe2])), text.end()];
      },
      () => {
        const text = new StringDecoder("base64");
        return [text.write(Buffer.from("abcd")), text.end(Buffer.from("e"))];
      },
      () => {
        const text = new StringDecoder("utf16le");
        return [text.write(Buffer.from([0x61])), text.write(Buffer.from([0])), text.encoding];
      },
      () => new StringDecoder("klingon"),
    ]),
  "/timers": () =>
    all([() => wait(1, "done"), () => wait(50, "never", { signal: AbortSignal.abort() })]),
  "/util": () =>
    all([
      () => util.format("%s is %d and %j, %o%%", "Ada", 36, { a: 1 }, [1], "more", { b: 2 }),
      () =>
        util.inspect({
          a: 1,
          b: "text",
          c: [1, { d: { e: { f: 1 } } }],
          g: new Map([["x", new Set([1])]]),
        }),
      () =>
        util.inspect("it's", { colors: true }) +
        util.inspect([undefined, null, -0, 5n, Symbol("s")]),
      () => util.inspect({ [util.inspect.custom]: () => "mine" }) + util.inspect(Buffer.from("hi")),
      () => util.inspect({ deep: { a: { b: { c: {} } } } }, { depth: 0, compact: false }),
      () => promisify((value, done) => done(null, value * 2))(21),
      () => promisify((done) => done(new Error("no")))(),
      () =>
        new Promise((resolve) =>
          util.callbackify(async (value) => value + 1)(1, (error, value) =>
            resolve([error, value]),
          ),
        ),
      () => [
        util.types.isPromise(Promise.resolve()),
        util.types.isProxy(new Proxy({}, {})),
        util.types.isRegExp(/a/),
        util.types.isTypedArray(Buffer.alloc(1)),
        util.types.isDate({}),
      ],
      () => [util.isDeepStrictEqual({ a: [1] }, { a: [1] }), util.isDeepStrictEqual([1], ["1"])],
      () => util.styleText("red", "warm", { validateStream: false }),
      () => util.styleText(["bold", "underline"], "loud", { validateStream: false }),
      () => util.stripVTControlCharacters("\x1b[31mred\x1b[0m"),
      () =>
        util.parseArgs({
          args: ["-v", "--name=ada", "--level", "3", "rest"],
          options: {
            v: { type: "boolean", short: "v" },
            name: { type: "string" },
            level: { type: "string" },
          },
          allowPositionals: true,
        }),
      ...[
        ["-abn5", "--no-color", "-"],
        ["-an", "5", "--", "-b", "x"],
        ["-n"],
        ["-n", "-a"],
        ["--a=1"],
        ["--number", "-a"],
      ].map(
        (args) => () =>
          util.parseArgs({
            args,
            options: {
              a: { type: "boolean", short: "a" },
              bold: { type: "boolean", short: "b" },
              color: { type: "boolean" },
              number: { type: "string", short: "n", multiple: true },
            },
            ...{ allowPositionals: true, allowNegative: true, tokens: true },
          }),
      ),
      () => util.parseArgs({ args: ["--nope"], options: {} }),
      () =>
        util.parseArgs({
          args: ["--any", "-n", "-a"],
          options: { n: { type: "string" } },
          strict: false,
        }),
      () => util.parseArgs({ args: ["x"], options: {} }),
      () => {
        function Old() {}
        util.inherits(Old, Map);
        return [Old.super_ === Map, Old.prototype instanceof Map];
      },
      () => [util.TextEncoder === TextEncoder, util.isArray([]), util.toUSVString("a\ud800")],
      () => util.parseEnv("A=1\n# no\nB='two words' # yes\nexport C=\"x\\ny\""),
      () => promisify(5),
    ]),
};

export default {
  fetch(req) {
    return routes[new URL(req.url).pathname]();
  },
};
