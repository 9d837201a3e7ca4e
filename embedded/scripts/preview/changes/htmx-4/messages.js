// Messages on sockets and events on streams. What the element of a line swaps between the two events of one is that one's.

import { first, last } from "../events.js";
import { settleAll } from "../swap.js";
import { whyHeard } from "../why.js";
import { numberOf } from "./answers.js";

const SOCKETS = ["hx-ws:connect", "hx-ws-connect", "ws-connect"];
const STREAMS = ["hx-sse:connect", "hx-sse-connect", "sse-connect", "hx-get", "hx-post"];
// As the wire counts them (src/sandbox/eventstream.rs), and with it the beginning of what they say.
const NAMES = 32;
const TEXT = 200;

export function watchMessages(records, lines) {
  const hearing = new WeakMap();
  const tieOfEvent = countEvents();

  const begin = (tie, event, names) => {
    settleAll();
    hearing.set(event.target, { tie, why: whyHeard(event.target, names), isSwapped: false });
    if (event.defaultPrevented) end(event.target, "listener");
  };
  const end = (element, whyQuiet) => {
    const message = hearing.get(element);
    hearing.delete(element);
    if (!message || message.isSwapped || message.hasLost) return;
    const { tie, why, none } = message;
    records.tell({ tie, why, none: none ?? whyQuiet });
  };

  last("htmx:ws:before:message:incoming", (detail, event) => {
    begin(lines.current(), event, SOCKETS);
  });
  first("htmx:ws:after:message:incoming", ({ message }, element) => {
    end(element, typeof message?.data === "string" ? "data" : "binary");
  });
  last("htmx:sse:before:message", ({ connection, message }, event) => {
    begin(connection ? tieOfEvent(connection, message ?? {}) : null, event, STREAMS);
  });
  first("htmx:sse:after:message", ({ message }, element) => {
    end(element, message?.event ? "event" : "text");
  });
  return { of: (element) => hearing.get(element) };
}

// The answer that is a stream has a number. Of one that is asked for anew after a break nobody hears it, so its events
// are not told of.
function countEvents() {
  const counts = new WeakMap();
  const asking = new WeakMap();

  first("htmx:before:request", ({ ctx }) => {
    if (ctx?.sourceElement) asking.set(ctx.sourceElement, ctx);
  });
  first("htmx:sse:after:connection", ({ connection }, element) => {
    if (!connection) return;
    const request = counts.has(connection) ? 0 : Number(numberOf(asking.get(element)));
    counts.set(connection, { request, of: new Map() });
  });

  return (connection, { event, data }) => {
    const { request, of } = counts.get(connection) ?? {};
    const name = event || "message";
    if (!request || (of.size === NAMES && !of.has(name))) return null;
    const nth = (of.get(name) ?? 0) + 1;
    of.set(name, nth);
    return { request, name, nth, text: `${data ?? ""}`.slice(0, TEXT) };
  };
}
