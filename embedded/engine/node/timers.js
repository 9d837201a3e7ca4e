// node:timers

import * as promises from "./timers-promises.js";

export { promises };
export { clearImmediate, clearInterval, clearTimeout } from "../internals.js";
export { setImmediate, setInterval, setTimeout } from "../internals.js";
