import { selectorFault, utf8Decode, utf8Encode } from "../host.js";
import { bytesOf, concat, isBuffer } from "../bytes.js";
import { tag } from "../define.js";
import { invalid } from "../node-errors.js";
import { Response } from "../response.js";
import { rewriterError } from "./rewriter-error.js";
import { rewrittenResponse } from "./rewritten-response.js";
import { Rewriting } from "./rewriting.js";
import { runNow } from "./steps.js";

const OF_ELEMENTS = ["element", "comments", "text"];
const OF_DOCUMENT = ["doctype", "comments", "text", "end"];

/** https://bun.com/docs/api/html-rewriter */
export class HTMLRewriter {
  /** `{kind, selector, call}` each. */
  #handlers = [];

  on(...args) {
    const [selector, handlers] = args;
    if (args.length < 2) throw invalid("Missing argument");
    if (selector === undefined || selector === null) throw invalid("Expected string");
    const text = `${selector}`;
    const calls = callsOf(handlers, OF_ELEMENTS);
    const fault = selectorFault(text);
    if (fault !== undefined) throw rewriterError(fault);
    for (const [kind, call] of calls) this.#handlers.push({ kind, selector: text, call });
    return this;
  }

  onDocument(...args) {
    if (args.length < 1) throw invalid("Missing argument");
    for (const [kind, call] of callsOf(args[0], OF_DOCUMENT)) {
      this.#handlers.push({ kind, selector: undefined, call });
    }
    return this;
  }

  transform(...args) {
    const [input] = args;
    if (args.length < 1) throw invalid("Missing argument");
    // What a handler adds counts from the next time on.
    const handlers = this.#handlers.slice();
    if (input instanceof Response) return rewrittenResponse(input, handlers);
    if (typeof input === "string" || input instanceof String) {
      return utf8Decode(rewritten(utf8Encode(`${input}`), handlers, "string"), false, false);
    }
    if (isBuffer(input) || ArrayBuffer.isView(input)) {
      return rewritten(bytesOf(input), handlers, "ArrayBuffer").slice().buffer;
    }
    throw invalid("Expected Response or Body");
  }
}
tag(HTMLRewriter, "HTMLRewriter");

/** `[kind, call]` of each handler, which keeps its object as `this`. */
function callsOf(handlers, kinds) {
  if ((typeof handlers !== "object" && typeof handlers !== "function") || handlers === null) {
    throw invalid("Expected object");
  }
  const calls = [];
  for (const kind of kinds) {
    const handler = handlers[kind];
    if (handler === undefined) continue;
    if (typeof handler !== "function") throw invalid(`${kind} must be a function`);
    calls.push([kind, (unit) => handler.call(handlers, unit)]);
  }
  return calls;
}

/** All bytes at once; a handler must be through when what promises wait for has run. */
function rewritten(bytes, handlers, kind) {
  const outcome = runNow(new Rewriting(handlers).whole(bytes));
  if (!outcome.waits) return concat(outcome.value);
  const article = kind === "string" ? "a" : "an";
  throw new TypeError(
    `HTMLRewriter.transform() cannot synchronously return ${article} ${kind} because a content handler returned a Promise that did not resolve within a microtask. Pass a Response instead and await its body`,
  );
}
