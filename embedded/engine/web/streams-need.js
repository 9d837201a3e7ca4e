import { AbortController } from "./abort.js";
import { hidden } from "./define.js";
import { DOMException } from "./dom-exception.js";

hidden(globalThis, { AbortController, DOMException });
