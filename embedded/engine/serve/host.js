// What the modules of `serve.js` stand on, taken before a learner's code can change any of it.

export const { Blob, Bun, DOMException, Headers, ReadableStream, Request, Response, URL } =
  globalThis;
export const { TextDecoder, TextEncoder, clearTimeout, console, setTimeout } = globalThis;

/** What the Web layer knows beyond the standard: see web/hooks.js. */
export const web = globalThis.__web;

/** What can be told to `hxlab`: see src/engine/zygote/natives/wire.rs. */
export const run = globalThis.__run;
