import assert from "node:assert/strict";
import { test } from "node:test";
import { thrown, webContext } from "./context.mjs";

const { run } = webContext();

test("a URL and its search parameters change together", async () => {
  const seen = await run(() => {
    const url = new URL("/p?a=1", "http://h:8080/x");
    const { searchParams } = url;
    searchParams.append("b", "ä &");
    const first = url.href;
    url.search = "?c=3";
    const second = [...searchParams];
    url.href = "http://other/?d";
    url.pathname = "/new";
    return [first, second, [...searchParams], `${url}`, searchParams === url.searchParams];
  });
  assert.deepEqual(seen, [
    "http://h:8080/p?a=1&b=%C3%A4+%26",
    [["c", "3"]],
    [["d", ""]],
    "http://other/new?d",
    true,
  ]);
});

test("what is no URL", async () => {
  assert.deepEqual(await run(thrown("() => new URL('x')")), ["TypeError", 'Invalid URL "x"']);
  assert.deepEqual(
    await run(() => [URL.canParse("x"), URL.canParse("x", "http://h"), URL.parse("x")]),
    [false, true, null],
  );
});

test("parameters: making, changing, order", async () => {
  const seen = await run(() => {
    const params = new URLSearchParams([
      ["b", "1"],
      ["a", "2"],
      ["b", "3"],
    ]);
    params.set("b", "9");
    params.append("a", "4");
    params.sort();
    params.delete("a", "2");
    return [
      `${params}`,
      params.getAll("a"),
      params.get("zz"),
      params.has("b", "9"),
      params.size,
      `${new URLSearchParams({ x: "1", y: "ü" })}`,
      [...new URLSearchParams("?a=b+c&=d&e&%zz=%ff")],
      `${new URLSearchParams([["a", "*-._~!'()"]])}`,
    ];
  });
  assert.deepEqual(seen, [
    "a=4&b=9",
    ["4"],
    null,
    true,
    2,
    "x=1&y=%C3%BC",
    [
      ["a", "b c"],
      ["", "d"],
      ["e", ""],
      ["%zz", "\ufffd"],
    ],
    "a=*-._%7E%21%27%28%29",
  ]);
  assert.equal((await run(thrown("() => new URLSearchParams([['a']])")))[0], "TypeError");
});
