// Answers: what they are called on the wire, who asked for them, and why one is not swapped.

import { first, last, tieOf } from "../events.js";
import { whyAsked } from "../why.js";

/** The number of an answer on the wire, as it says. */
export const numberOf = (ctx) => ctx?.response?.headers?.get?.("hxlab-entry");

export function rememberAnswers(records) {
  const known = new WeakMap();
  let location = "";

  const whyOf = ({ sourceElement, sourceEvent, request = {} }) => {
    const headers = request.headers ?? {};
    return whyAsked(sourceElement, request.method, {
      event: sourceEvent,
      isBoosted: headers["HX-Boosted"] === "true",
      isRestore: "HX-History-Restore-Request" in headers,
      location,
    });
  };

  const answerOf = (ctx) => {
    const before = known.get(ctx);
    if (before?.tie) return before;
    const answer = { tie: tieOf(numberOf(ctx)), why: before?.why ?? whyOf(ctx), isSwapped: false };
    known.set(ctx, answer);
    return answer;
  };

  // An answer with HX-Location asks at once.
  last("htmx:after:request", ({ ctx }) => {
    location = ctx?.response?.headers?.get?.("HX-Location") ?? "";
  });
  first("htmx:config:request", ({ ctx }) => {
    if (ctx) known.set(ctx, { why: whyOf(ctx) });
    location = "";
  });
  first("htmx:finally:request", ({ ctx }) => {
    if (!ctx?.response || isStream(ctx)) return;
    const { tie, why, isSwapped, hasLost, none } = answerOf(ctx);
    if (!isSwapped && !hasLost) records.tell({ tie, why, none: none ?? whyNot(ctx) });
  });

  return { of: answerOf };
}

// Its events are told of one by one.
const isStream = ({ response }) =>
  /^text\/event-stream/.test(response.headers?.get?.("content-type") ?? "");

function whyNot({ hx = {}, response, status }) {
  if (hx.refresh === "true") return "refresh";
  if (hx.redirect) return "redirect";
  if (hx.location) return "location";
  if (`${status}`.startsWith("error")) return "error";
  if (response.status === 204 || response.status === 304) return "empty";
  return response.status >= 400 ? "refused" : "listener";
}
