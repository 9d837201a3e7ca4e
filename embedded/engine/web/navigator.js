import { VERSION } from "./version.js";

/** What Bun says of itself, by which hono's `getRuntimeKey` knows it. A sandbox runs in a single thread. */
export const navigator = Object.defineProperty(
  {
    get userAgent() {
      return `Bun/${VERSION}`;
    },
    get platform() {
      return "Linux x86_64";
    },
    get hardwareConcurrency() {
      return 1;
    },
  },
  Symbol.toStringTag,
  { value: "Navigator", configurable: true },
);
