// What the modules of `serve.js` stand on, taken before a learner's code can change any of it.

export const { Blob, Buffer, Bun, DOMException, Headers, ReadableStream, Request, Response, URL } =
  globalThis;
export const { Promise, ReadableStreamDefaultReader } = globalThis;
export const { CloseEvent, ErrorEvent, Event, EventTarget, MessageEvent } = globalThis;
export const {
  TextDecoder,
  TextEncoder,
  btoa,
  clearTimeout,
  console,
  crypto,
  process,
  setTimeout,
} = globalThis;

/** What the Web layer knows beyond the standard: see web/hooks.js. */
export const web = globalThis.__web;
export const { SafeMap, SafeSet } = web;

/** What can be told to `hxlab`: see src/engine/zygote/natives/wire.rs. */
export const run = globalThis.__run;
