// node:perf_hooks, of which the clock is here.

export { performance } from "../internals.js";
