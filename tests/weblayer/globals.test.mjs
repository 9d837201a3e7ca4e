import assert from "node:assert/strict";
import { test } from "node:test";
import { webContext } from "./context.mjs";

const EXPECTED = `AbortController AbortSignal Blob Bun ByteLengthQueuingStrategy CloseEvent
  CountQueuingStrategy CustomEvent DOMException ErrorEvent Event EventTarget File FormData HTMLRewriter Headers
  MessageEvent ReadableByteStreamController ReadableStream ReadableStreamBYOBReader
  ReadableStreamBYOBRequest ReadableStreamDefaultController ReadableStreamDefaultReader Request
  Response TextDecoder TextDecoderStream TextEncoder TextEncoderStream TransformStream
  TransformStreamDefaultController URL URLSearchParams WritableStream
  WritableStreamDefaultController WritableStreamDefaultWriter atob btoa clearImmediate
  clearInterval clearTimeout console crypto performance process queueMicrotask setImmediate
  setInterval setTimeout structuredClone`.split(/\s+/);

test("every global is there, hidden from enumeration, with its own name", async () => {
  const { run } = webContext();
  const found = await run(
    (names) =>
      names.filter((name) => {
        const { value, enumerable } = Object.getOwnPropertyDescriptor(globalThis, name) ?? {};
        return value && !enumerable && (typeof value !== "function" || value.name === name);
      }),
    EXPECTED,
  );
  assert.deepEqual(found, EXPECTED);
});
