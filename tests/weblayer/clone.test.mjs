import assert from "node:assert/strict";
import { test } from "node:test";
import { thrown, webContext } from "./context.mjs";

const { run } = webContext();

test("plain values, cycles and shared parts", async () => {
  const seen = await run(() => {
    const shared = { n: 1 };
    const value = { a: [shared, , undefined], b: shared, __proto__x: null };
    value.self = value;
    const twin = structuredClone(value);
    return [
      twin !== value && twin.self === twin,
      twin.a[0] === twin.b && twin.b !== shared,
      twin.a.length,
      1 in twin.a,
      2 in twin.a,
      Object.keys(twin),
    ];
  });
  assert.deepEqual(seen, [true, true, 3, false, true, ["a", "b", "__proto__x", "self"]]);
});

test("everything that has a class of its own", async () => {
  const seen = await run(async () => {
    class Own {
      x = 1;
      get y() {
        return 2;
      }
    }
    const buffer = new Uint8Array([1, 2, 3, 4]).buffer;
    const error = new RangeError("r", { cause: "c" });
    const twin = structuredClone({
      map: new Map([[{ k: 1 }, new Set(["s"])]]),
      date: new Date(5),
      expression: /x/gi,
      views: [new Uint8Array(buffer, 1, 2), new DataView(buffer, 2)],
      error,
      own: new Own(),
      boxed: Object("t"),
      file: new File(["f"], "n"),
      exception: new DOMException("m", "AbortError"),
    });
    const [bytes, view] = twin.views;
    return [
      [...twin.map].map(([key, set]) => [key.k, set.has("s")]),
      [twin.date.getTime(), `${twin.expression}`],
      [[...bytes], bytes.buffer === view.buffer, view.getUint8(0)],
      [twin.error instanceof RangeError, twin.error.message, twin.error.cause],
      [twin.own.constructor === Object, twin.own.x, twin.own.y],
      [typeof twin.boxed, `${twin.boxed}`, twin.file.name, await twin.file.text()],
      twin.exception.name,
    ];
  });
  assert.deepEqual(seen, [
    [[1, true]],
    [5, "/x/gi"],
    [[2, 3], true, 3],
    [true, "r", "c"],
    [true, 1, null],
    ["object", "t", "n", "f"],
    "AbortError",
  ]);
});

test("what cannot be cloned is refused by name", async () => {
  for (const value of [
    "() => {}",
    "Symbol('s')",
    "Promise.resolve()",
    "new WeakMap()",
    "{ f() {} }",
  ]) {
    const [name] = await run(thrown(`() => structuredClone(${value})`));
    assert.equal(name, "DataCloneError", value);
  }
});
