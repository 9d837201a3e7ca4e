import assert from "node:assert/strict";
import { test } from "node:test";
import { thrown, webContext } from "./context.mjs";

const { run } = webContext();

test("text becomes UTF-8 and comes back", async () => {
  assert.deepEqual(
    await run(() => [...new TextEncoder().encode("aé€😀\ud800")]),
    [97, 0xc3, 0xa9, 0xe2, 0x82, 0xac, 0xf0, 0x9f, 0x98, 0x80, 0xef, 0xbf, 0xbd],
  );
  assert.deepEqual(await run(() => new TextEncoder().encodeInto("a€b", new Uint8Array(3))), {
    read: 1,
    written: 1,
  });
  assert.equal(
    await run(() => new TextDecoder().decode(new Uint8Array([0xef, 0xbb, 0xbf, 104, 105]))),
    "hi",
  );
});

test("a character cut between chunks is kept whole", async () => {
  const decoded = await run(() =>
    [1, 2, 3].map((cut) => {
      const bytes = new TextEncoder().encode("x😀");
      const decoder = new TextDecoder();
      const first = decoder.decode(bytes.subarray(0, 1 + cut), { stream: true });
      return [first, decoder.decode(bytes.subarray(1 + cut))];
    }),
  );
  assert.deepEqual(decoded, [
    ["x", "😀"],
    ["x", "😀"],
    ["x", "😀"],
  ]);
});

test("a byte order mark is dropped only at the start", async () => {
  const decoded = await run(() => {
    const decoder = new TextDecoder();
    const mark = new Uint8Array([0xef, 0xbb, 0xbf]);
    return [0, 1].map(() => decoder.decode(mark, { stream: true })).concat(decoder.decode());
  });
  assert.deepEqual(decoded, ["", "\ufeff", ""]);
});

test("bad bytes are replaced, or refused when fatal", async () => {
  assert.equal(await run(() => new TextDecoder().decode(new Uint8Array([255, 97]))), "\ufffda");
  const fatal = "() => new TextDecoder('utf-8', {fatal: true}).decode(new Uint8Array([255]))";
  assert.equal((await run(thrown(fatal)))[0], "TypeError");
  assert.equal((await run(thrown("() => new TextDecoder('klingon')")))[0], "RangeError");
});

test("UTF-16 and windows-1252", async () => {
  assert.equal(
    await run(() =>
      new TextDecoder("utf-16le").decode(new Uint8Array([0xff, 0xfe, 61, 216, 0, 222])),
    ),
    "😀",
  );
  assert.equal(
    await run(() => new TextDecoder("latin1").decode(new Uint8Array([0x80, 0xe9]))),
    "€é",
  );
});

test("streams encode and decode", async () => {
  const text = await run(async () => {
    const source = new ReadableStream({
      start(controller) {
        for (const piece of ["a\ud83d", "\ude00b", "\ud800"]) controller.enqueue(piece);
        controller.close();
      },
    });
    const bytes = source.pipeThrough(new TextEncoderStream());
    const pieces = await Array.fromAsync?.(bytes.pipeThrough(new TextDecoderStream()));
    if (pieces) return pieces.join("");
    let all = "";
    for await (const piece of bytes.pipeThrough(new TextDecoderStream())) all += piece;
    return all;
  });
  assert.equal(text, "a😀b\ufffd");
});

test("base64, both ways", async () => {
  assert.deepEqual(await run(() => ["", "a", "ab", "abc", "\xff\xfe"].map(btoa)), [
    ...["", "YQ==", "YWI=", "YWJj", "//4="],
  ]);
  assert.deepEqual(await run(() => ["", " YQ= =", "YWI", "YWJj", "//4="].map(atob)), [
    ...["", "a", "ab", "abc", "\xff\xfe"],
  ]);
  for (const bad of ["'*'", "'a'", "'a==='", "'ab=c'"]) {
    assert.equal((await run(thrown(`() => atob(${bad})`)))?.[0], "InvalidCharacterError", bad);
  }
  assert.equal((await run(thrown("() => btoa('€')")))[0], "InvalidCharacterError");
});
