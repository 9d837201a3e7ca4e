// What Node's modules (node/) stand on, taken before a learner's code can change any of it: they are loaded when
// they are imported, and what `web.js` has for them is no global by then.

export const {
  absent,
  bytesToText,
  digest,
  encodingName,
  encodingOf,
  errors,
  hmac,
  log,
  now,
  proxyTarget,
  randomBytes,
} = globalThis.__web.node;

export const {
  Blob,
  Buffer,
  Bun,
  CryptoKey,
  EventTarget,
  File,
  TextDecoder,
  TextEncoder,
  URL,
  URLSearchParams,
  atob,
  btoa,
  crypto,
  process,
} = globalThis;
export const { Performance, PerformanceEntry, PerformanceMark, PerformanceMeasure } = globalThis;
export const { performance, structuredClone, queueMicrotask } = globalThis;
export const {
  clearImmediate,
  clearInterval,
  clearTimeout,
  setImmediate,
  setInterval,
  setTimeout,
} = globalThis;
