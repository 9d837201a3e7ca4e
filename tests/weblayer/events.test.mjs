import assert from "node:assert/strict";
import { test } from "node:test";
import { thrown, webContext } from "./context.mjs";

const { run } = webContext();

test("listeners hear in order, once, and not after they are removed", async () => {
  const seen = await run(() => {
    const heard = [];
    const target = new EventTarget();
    const gone = () => heard.push("gone");
    const controller = new AbortController();
    target.addEventListener("x", { handleEvent: (event) => heard.push(event.type) });
    target.addEventListener("x", () => heard.push("once"), { once: true });
    target.addEventListener("x", gone);
    target.addEventListener("x", () => heard.push("signal"), { signal: controller.signal });
    target.removeEventListener("x", gone);
    target.dispatchEvent(new Event("x"));
    controller.abort();
    const event = new CustomEvent("x", { detail: 5, cancelable: true });
    target.addEventListener("x", (each) => each.preventDefault());
    return [target.dispatchEvent(event), event.detail, event.defaultPrevented, heard];
  });
  assert.deepEqual(seen, [false, 5, true, ["x", "once", "signal", "x"]]);
});

test("stopping at once, and what an event knows of its flight", async () => {
  const seen = await run(() => {
    const target = new EventTarget();
    const heard = [];
    target.addEventListener("x", (event) => {
      heard.push(event.target === target, event.eventPhase);
      event.stopImmediatePropagation();
    });
    target.addEventListener("x", () => heard.push("never"));
    const event = new MessageEvent("x", { data: "d" });
    target.dispatchEvent(event);
    return [heard, event.currentTarget, event.data, new CloseEvent("c", { code: 1000 }).code];
  });
  assert.deepEqual(seen, [[true, 2], null, "d", 1000]);
});

test("aborting: by hand, by time, by any", async () => {
  const seen = await run(async () => {
    const controller = new AbortController();
    const any = AbortSignal.any([controller.signal, AbortSignal.timeout(500)]);
    const heard = [];
    any.onabort = (event) => heard.push(event.type);
    controller.abort();
    controller.abort("again");
    const late = AbortSignal.timeout(1);
    await new Promise((resolve) => late.addEventListener("abort", resolve));
    return [heard, any.reason.name, late.reason.name, AbortSignal.abort("r").reason];
  });
  assert.deepEqual(seen, [["abort"], "AbortError", "TimeoutError", "r"]);
  assert.deepEqual(await run(thrown("() => AbortSignal.abort('r').throwIfAborted()")), [
    null,
    null,
  ]);
  assert.equal((await run(thrown("() => new AbortSignal()")))[0], "TypeError");
});

test("DOMException has its name and legacy code", async () => {
  const seen = await run(() => {
    const error = new DOMException("m", "AbortError");
    return [
      error.code,
      error.ABORT_ERR,
      DOMException.DATA_CLONE_ERR,
      error instanceof Error,
      `${error}`,
    ];
  });
  assert.deepEqual(seen, [20, 20, 25, true, "AbortError: m"]);
});

test("timers fire in order, repeat, and can be cleared", async () => {
  const seen = await run(
    () =>
      new Promise((resolve) => {
        const order = [];
        setTimeout((word) => order.push(word), 5, "five");
        clearTimeout(setTimeout(() => order.push("never"), 1));
        clearTimeout(+setTimeout(() => order.push("never"), 1));
        queueMicrotask(() => order.push("microtask"));
        setImmediate(() => order.push("immediate"));
        let ticks = 0;
        const interval = setInterval(() => {
          if (++ticks < 3) return;
          clearInterval(interval);
          setTimeout(() => resolve([order, ticks]), 20);
        }, 4);
      }),
  );
  assert.deepEqual(seen, [["microtask", "immediate", "five"], 3]);
  assert.equal((await run(thrown("() => setTimeout('code')")))[0], "TypeError");
});

test("crypto and performance", async () => {
  const seen = await run(() => {
    const ids = [crypto.randomUUID(), crypto.randomUUID()];
    const words = crypto.getRandomValues(new Uint32Array(4));
    return [ids, new Set(words).size > 1, performance.now() >= 0];
  });
  assert.match(seen[0][0], /^[\da-f]{8}-[\da-f]{4}-4[\da-f]{3}-[89ab][\da-f]{3}-[\da-f]{12}$/);
  assert.notEqual(seen[0][0], seen[0][1]);
  assert.deepEqual(seen.slice(1), [true, true]);
  const big = "() => crypto.getRandomValues(new Uint8Array(65537))";
  assert.equal((await run(thrown(big)))[0], "QuotaExceededError");
});
