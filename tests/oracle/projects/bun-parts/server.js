// Members of Bun beside the server: hashes, packing, text, promises, streams, comparing and waiting.

const TEXTS = ["", "a", "abc", "hello world", "0123456789abcdef", "0123456789abcdefg", "å😀"];
const LENGTHS = [17, 31, 32, 33, 47, 48, 49, 64, 95, 96, 97, 100, 300, 5000];
const texts = [...TEXTS, ...LENGTHS.map((length) => "xyz".repeat(length).slice(0, length))];
const LONG = "blåbär ".repeat(20_000);

const seen = async (act) => {
  try {
    return shown(await act());
  } catch (error) {
    return [error.name, error.code];
  }
};
const shown = (value) => {
  if (typeof value === "bigint") return `${value}n`;
  if (value instanceof Uint8Array) return [value.constructor.name, ...value];
  return Array.isArray(value) ? value.map(shown) : value;
};
const all = async (acts) => Response.json(await Promise.all(acts.map(seen)));
const bytes = (text) => new TextEncoder().encode(text);
const text = (bytes) => new TextDecoder().decode(bytes);
const streamOf = (...pieces) =>
  new ReadableStream({
    start(controller) {
      for (const piece of pieces) controller.enqueue(piece);
      controller.close();
    },
  });

const quick = ["wyhash", "adler32", "crc32", "xxHash32", "xxHash64", "xxHash3", "murmur32v3"];
const ALGORITHMS = [
  "md5",
  "sha1",
  "sha224",
  "sha256",
  "sha384",
  "sha512",
  "sha512-224",
  "sha512-256",
];
const CLASSES = ["MD5", "SHA1", "SHA224", "SHA256", "SHA384", "SHA512", "SHA512_256"];
const { CryptoHasher } = Bun;
const once = (hasher) => {
  hasher.update("a").digest();
  return hasher;
};

const WIDE = [
  "",
  "hello",
  "你好",
  "😀",
  "👩‍👩‍👧‍👦",
  "é",
  "e\u0301",
  "\x1b[31mred\x1b[0m",
  "\t",
  "\n",
  "\u200b",
  "🇺🇸",
  "ａ",
  "ﾊﾝ",
  "☺️",
  "☺",
  "©",
  "한국",
  "\u0000a",
  "👍🏽",
  "‘",
  "กำ",
  "नमस्ते",
  "…",
  "─",
  "α",
  "Я",
  "①",
  "→",
  "ab c",
  "日本 and more",
];

export default {
  routes: {
    "/hash": () =>
      all([
        ...texts.flatMap((text) =>
          [0, 1, 12345678901234567890n].map((seed) => () => Bun.hash(text, seed)),
        ),
        ...quick.flatMap((name) =>
          texts.flatMap((text) =>
            [0, 7, 2n ** 63n].map((seed) => () => Bun.hash[name](text, seed)),
          ),
        ),
        ...[5, {}, null, bytes("a"), bytes("a").buffer, new Blob(["a"])].map(
          (data) => () => Bun.hash(data),
        ),
        ...[-1, 1.5, "x", NaN].map((seed) => () => Bun.hash("a", seed)),
        () => Bun.hash(),
        () => [Bun.hash.name, Bun.hash.length, Bun.hash.wyhash("a") === Bun.hash("a")],
      ]),
    "/hasher": () =>
      all([
        ...ALGORITHMS.flatMap((name) => [
          () => new CryptoHasher(name).update("hello ").update("world").digest("hex"),
          () => new CryptoHasher(name, "key").update("hello").digest("base64"),
          () => CryptoHasher.hash(name, bytes("hello"), "base64url"),
          () => [new CryptoHasher(name).algorithm, new CryptoHasher(name).byteLength],
        ]),
        ...["SHA256", "sha-256", "SHA-512", "nope", 5, undefined].map(
          (name) => () => new CryptoHasher(name).algorithm,
        ),
        () => new CryptoHasher("sha256").update("a").digest(),
        () => CryptoHasher.hash("sha1", "a"),
        () => new CryptoHasher("md5").update("ff", "hex").digest("hex"),
        () => new CryptoHasher("md5").update(new Blob(["a"])).digest("hex"),
        () => once(new CryptoHasher("md5")).update("b").digest("hex"),
        () => once(new CryptoHasher("md5", "key")).update("b"),
        () => new CryptoHasher("sha1").update(5),
        () => new CryptoHasher("sha1").update(),
        () => new CryptoHasher("sha1").digest("nope"),
        () => new CryptoHasher("sha1").digest(new Uint8Array(3)),
        () => new CryptoHasher("sha1").update("a").digest(new Uint8Array(64)),
        () => {
          const one = new CryptoHasher("sha256").update("a");
          const other = one.copy().update("b");
          return [one.digest("hex"), other.digest("hex")];
        },
      ]),
    "/classes": () =>
      all(
        CLASSES.flatMap((name) => [
          () => new Bun[name]().update("hello").digest("hex"),
          () => Bun[name].hash("hello"),
          () => [Bun[name].byteLength, new Bun[name]().byteLength, Bun[name].name],
          () => once(new Bun[name]()).digest(),
          () => once(new Bun[name]()).update("a"),
        ]).concat([() => Bun.sha("a"), () => Bun.sha("a", "hex"), () => Bun.sha()]),
      ),
    "/packed": () =>
      all([
        ...[LONG, "", "a"].flatMap((whole) => [
          () => text(Bun.gunzipSync(Bun.gzipSync(whole))) === whole,
          () => text(Bun.inflateSync(Bun.deflateSync(whole))) === whole,
        ]),
        () => Bun.gzipSync("hello"),
        () => Bun.gzipSync("hello", { level: 9 }),
        () => Bun.deflateSync(bytes("hello")),
        () => Bun.deflateSync(bytes("hello").buffer, { level: 1 }).length > 0,
        () => Bun.gzipSync(LONG).length < LONG.length / 50,
        ...["junk", "", Bun.deflateSync("a"), Bun.gzipSync("hello").slice(0, 15)].map(
          (it) => () => Bun.gunzipSync(it),
        ),
        ...["junk!", "", Bun.gzipSync("a")].map((it) => () => Bun.inflateSync(it)),
        () => Bun.gunzipSync(Buffer.concat([Bun.gzipSync("a"), Bun.gzipSync("b")])),
        ...[undefined, 5, null, {}].map((it) => () => Bun.gzipSync(it)),
        () => Bun.gzipSync("a", { level: 99 }),
      ]),
    "/streams": () =>
      all([
        ...["gzip", "deflate", "deflate-raw"].map((format) => async () => {
          const packed = streamOf(bytes(LONG), bytes("end")).pipeThrough(
            new CompressionStream(format),
          );
          const plain = packed.pipeThrough(new DecompressionStream(format));
          return (await new Response(plain).text()) === `${LONG}end`;
        }),
        async () =>
          text(
            Bun.gunzipSync(
              await new Response(
                streamOf(bytes("a")).pipeThrough(new CompressionStream("gzip")),
              ).bytes(),
            ),
          ),
        () => new CompressionStream("x"),
        () => new DecompressionStream(),
        () =>
          new Response(streamOf(bytes("junk")).pipeThrough(new DecompressionStream("gzip"))).text(),
        () =>
          new Response(
            streamOf(Bun.gzipSync("hello").slice(0, 15)).pipeThrough(
              new DecompressionStream("gzip"),
            ),
          ).text(),
        () => Bun.readableStreamToText(streamOf("a", "b")),
        () => Bun.readableStreamToJSON(streamOf('{"a":', "1}")),
        () => Bun.readableStreamToBytes(streamOf(bytes("ab"), bytes("c"))),
        async () => (await Bun.readableStreamToArrayBuffer(streamOf(bytes("abc")))).byteLength,
        async () => (await Bun.readableStreamToBlob(streamOf(bytes("abc")))).size,
        () => Bun.readableStreamToArray(streamOf("a", "b")),
      ]),
    "/widths": () =>
      all([
        ...WIDE.map((each) => () => Bun.stringWidth(each)),
        ...["…", "─", "①", "→", "‘", "a", "你"].map(
          (each) => () => Bun.stringWidth(each, { ambiguousIsNarrow: false }),
        ),
        () => Bun.stringWidth("\x1b[31mred\x1b[0m", { countAnsiEscapeCodes: true }),
        ...[undefined, 5, null, {}].map((it) => () => Bun.stringWidth(it)),
        () => Bun.stripANSI("\x1b[31mred\x1b[0m"),
        () => Bun.escapeHTML(`<a href="x">'&'</a>`),
        ...[5, null, true].map((it) => () => Bun.escapeHTML(it)),
      ]),
    "/promises": () => {
      const failed = Promise.reject(new Error("failed"));
      failed.catch(() => {});
      const pending = new Promise(() => {});
      return all([
        () => Bun.peek(Promise.resolve(3)),
        () => Bun.peek("plain"),
        () => Bun.peek(failed).message,
        () => Bun.peek(pending) === pending,
        () => [Promise.resolve(1), failed, pending, 5].map(Bun.peek.status),
      ]);
    },
    "/waits": async () => {
      const begin = Date.now();
      await Bun.sleep(20);
      Bun.sleepSync(20);
      await Bun.sleep(new Date(Date.now() + 20));
      const waited = Date.now() - begin;
      return all([
        () => waited >= 55,
        ...[-1, "x", undefined].map((it) => () => Bun.sleepSync(it)),
        () => Bun.sleepSync(0),
      ]);
    },
    "/others": () =>
      all([
        () => [
          Bun.deepEquals({ a: 1 }, { a: 1, b: undefined }),
          Bun.deepEquals({ a: 1 }, { a: 1, b: undefined }, true),
        ],
        () => Bun.deepEquals(new Map([[1, new Set([2])]]), new Map([[1, new Set([2])]])),
        () => typeof Bun.nanoseconds(),
        () => [
          Bun.randomUUIDv7().length,
          Bun.randomUUIDv7()[14],
          Bun.randomUUIDv7("buffer").length,
          Bun.randomUUIDv7("base64").length,
        ],
        () => [Bun.indexOfLine(bytes("a\nb"), 0), Bun.indexOfLine(bytes("ab"))],
        () => [typeof Bun.inspect.custom, Bun.inspect.table([{ a: 1, b: 2 }, { a: 3 }])],
      ]),
  },
  fetch: () => new Response("nothing", { status: 404 }),
};
