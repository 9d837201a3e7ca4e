// Who asked for an answer, remembered when it was asked for: once it is swapped, the element may be another one.

import { first } from "../events.js";
import { whyAsked } from "../why.js";

export function rememberAsked() {
  const asked = new WeakMap();
  let location = "";

  const why = ({ xhr, requestConfig = {}, boosted }) => {
    const { elt, verb, triggeringEvent: event } = requestConfig;
    const known = asked.get(xhr)?.why;
    return known ?? whyAsked(elt, verb, { event, isBoosted: boosted, location });
  };

  first("htmx:beforeRequest", (detail) => {
    if (detail.xhr) asked.set(detail.xhr, { why: why(detail), target: detail.target });
  });
  // An answer with HX-Location asks while it is handled.
  first("htmx:beforeOnLoad", ({ xhr }) => {
    location = xhr?.getResponseHeader("HX-Location") ?? "";
  });
  first("htmx:afterRequest", () => (location = ""));

  return { why, targetOf: (xhr) => asked.get(xhr)?.target };
}
