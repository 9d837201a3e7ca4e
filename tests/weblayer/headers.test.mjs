import assert from "node:assert/strict";
import { test } from "node:test";
import { thrown, webContext } from "./context.mjs";

const { run } = webContext();

test("names are lower-cased and sorted, values trimmed and combined, cookies apart", async () => {
  const seen = await run(() => {
    const headers = new Headers([
      ["B", " 2 "],
      ["a", "1"],
      ["Set-Cookie", "x=1"],
    ]);
    headers.append("b", "3");
    headers.append("set-cookie", "y=2");
    return [[...headers], headers.get("SET-cookie"), headers.getSetCookie(), headers.get("zz")];
  });
  assert.deepEqual(seen, [
    [
      ["a", "1"],
      ["b", "2, 3"],
      ["set-cookie", "x=1"],
      ["set-cookie", "y=2"],
    ],
    "x=1, y=2",
    ["x=1", "y=2"],
    null,
  ]);
});

test("copies, records, setting and deleting", async () => {
  const seen = await run(() => {
    const first = new Headers({ "Set-Cookie": "a=1", X: "y" });
    const copy = new Headers(first);
    copy.append("set-cookie", "b=2");
    copy.set("x", "z");
    copy.delete("X-None");
    copy.set("Set-Cookie", "only=1");
    return [[...first], [...copy], copy.has("X"), new Headers(undefined).count];
  });
  assert.deepEqual(seen, [
    [
      ["set-cookie", "a=1"],
      ["x", "y"],
    ],
    [
      ["set-cookie", "only=1"],
      ["x", "z"],
    ],
    true,
    0,
  ]);
});

test("what cannot be a header is refused", async () => {
  const refused = { "a b": "c", "": "c", ä: "c", a: "x\ny", b: "\u4444", c: "\0" };
  for (const [name, value] of Object.entries(refused)) {
    const body = `() => new Headers(${JSON.stringify([[name, value]])})`;
    assert.equal((await run(thrown(body)))?.[0], "TypeError", `${name}: ${value}`);
  }
  assert.equal(await run(() => new Headers({ a: "ü\r\n" }).get("a")), "ü");
});
