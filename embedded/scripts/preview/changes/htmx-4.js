// The swaps of htmx 4, which tells of each answer and message with all its parts, as tasks.

import { beginSwap, settleAll } from "./swap.js";
import {
  byPart,
  byScript,
  byStatus,
  delayOf,
  howSwapped,
  howTargeted,
  whyAsked,
  whyHeard,
} from "./why.js";

const standard = () => window.htmx?.config?.defaultSwap ?? "innerHTML";
const ALIASES = {
  before: "beforebegin",
  prepend: "afterbegin",
  append: "beforeend",
  after: "afterend",
};

export function watchHtmx4(records, lines) {
  const tied = new WeakMap();
  const swaps = new WeakMap();
  const hearing = new WeakMap();
  const counts = new WeakMap();

  const first = (type, act) =>
    window.addEventListener(type, ({ detail, target }) => act(detail ?? {}, target), true);
  const last = (type, act) =>
    window.addEventListener(type, (event) => act(event.detail ?? {}, event));

  // Its events are told of one by one.
  const isStream = ({ response }) =>
    /^text\/event-stream/.test(response.headers?.get?.("content-type") ?? "");

  const entryOf = (ctx) => Number(ctx.response?.headers?.get?.("hxlab-entry")) || 0;

  // What an answer is called on the wire, and why it was asked for; a message of a line is known by its element.
  const wholeOf = (ctx) => {
    const message = hearing.get(ctx.sourceElement);
    if (message) return message;
    const known = tied.get(ctx);
    if (known?.tie) return known;
    const entry = entryOf(ctx);
    const why = known?.why ?? whyOf(ctx);
    const whole = { tie: entry ? { entry } : null, why, isSwapped: false };
    tied.set(ctx, whole);
    return whole;
  };

  // An answer with HX-Location asks at once.
  let location = "";
  last("htmx:after:request", ({ ctx }) => {
    location = ctx?.response?.headers?.get?.("HX-Location") ?? "";
  });
  first("htmx:config:request", ({ ctx }) => {
    if (ctx && location) tied.set(ctx, { why: whyOf(ctx), isSwapped: false });
    location = "";
  });

  const whyOf = (ctx) => {
    const { sourceElement, sourceEvent, request = {} } = ctx;
    const headers = request.headers ?? {};
    return whyAsked(sourceElement, request.method, {
      event: sourceEvent,
      isBoosted: headers["HX-Boosted"] === "true",
      isRestore: "HX-History-Restore-Request" in headers,
      location,
      version: 4,
    });
  };

  const aimOf = (ctx, whole, { type, target, swapSpec = {}, sourceElement }) => {
    const spec = typeof swapSpec === "string" ? { style: swapSpec } : swapSpec;
    const style = ALIASES[spec.style] ?? spec.style ?? standard();
    const element = typeof target === "string" ? document.querySelector(target) : target;
    const aim = { target: element, part: type };
    if (type !== "main") {
      const isOob = type === "oob";
      const how = { ...byPart(isOob ? "hx-swap-oob" : "hx-swap"), style };
      return { ...aim, found: byPart(isOob ? "hx-swap-oob" : "hx-target"), how };
    }
    const asks = sourceElement ?? ctx.sourceElement;
    const isBoosted = ctx.request?.headers?.["HX-Boosted"] === "true";
    const said = { version: 4, isBoosted, standard: standard() };
    const found = howTargeted(asks, { ...said, retarget: ctx.hx?.retarget });
    const how = howSwapped(asks, { ...said, reswap: ctx.hx?.reswap });
    // What was neither said at the element nor by a header, nor is what holds for all.
    const isSet = (ALIASES[how.style] ?? how.style) !== style;
    const isOther = found.by === "self" && element !== asks;
    const isSent = whole.why.by === "header" && found.by !== "header";
    return {
      ...aim,
      found: isSent ? whole.why : isOther ? byScript() : found,
      how: { ...(isSet ? byStatus(ctx.response?.status) : how), style },
    };
  };

  const isNothing = ({ how, part }, { response }) =>
    part === "main" && how.style === "none" && how.by === "status" && response;

  const begin = ({ ctx, tasks = [] }) => {
    const whole = wholeOf(ctx);
    tied.set(ctx, whole);
    whole.swaps = [];
    for (const task of tasks) {
      const said = aimOf(ctx, whole, task);
      if (isNothing(said, ctx)) continue;
      whole.isLost ||= !said.target;
      if (!(said.target instanceof Element)) continue;
      const swap = beginSwap(records, whole, { ...said, isFull: records.hasRoom() });
      swap.whole = whole;
      swaps.set(task, swap);
      whole.swaps.push(swap);
      whole.isSwapped = true;
      const delay = delayOf(`swap:${task.swapSpec?.swap ?? ""}`);
      if (delay) setTimeout(swap.retake, delay);
    }
    // A message without a swap is told at its end.
    if (whole.isLost && !whole.isSwapped) whole.none = "place";
  };

  last("htmx:before:swap", (detail, event) => {
    if (!detail.ctx) return;
    if (!event.defaultPrevented) return begin(detail);
    wholeOf(detail.ctx).none = "listener";
    return undefined;
  });
  // The parts of an answer follow at once: each is looked at before the next one.
  first("htmx:before:settle", ({ task }) => {
    const swap = swaps.get(task);
    if (!swap) return;
    swap.done();
    const others = swap.whole.swaps.filter((each) => !each.isDone);
    if (others.length > 0) swap.finish();
    for (const each of others) each.retake();
  });
  first("htmx:after:settle", ({ task }) => swaps.get(task)?.finish());
  first("htmx:finally:swap", ({ ctx }) => {
    for (const swap of tied.get(ctx)?.swaps ?? []) swap.finish();
  });

  const tell = (whole, none) => records.tell({ tie: whole.tie, why: whole.why, none });

  first("htmx:finally:request", ({ ctx }) => {
    if (!ctx?.response || isStream(ctx)) return;
    const whole = wholeOf(ctx);
    if (!whole.isSwapped) tell(whole, whole.none ?? whyNot(ctx));
  });

  const whyNot = ({ hx = {}, response, status }) => {
    if (hx.refresh === "true") return "refresh";
    if (hx.redirect) return "redirect";
    if (hx.location) return "location";
    if (`${status}`.startsWith("error")) return "error";
    if (response.status === 204 || response.status === 304) return "empty";
    return response.status >= 400 ? "refused" : "listener";
  };

  // Messages: between their two events, what their element swaps is theirs.
  const begun = (element, tie, names) => {
    settleAll();
    hearing.set(element, { tie, why: whyHeard(element, names), isSwapped: false });
  };
  const ended = (element, whyQuiet) => {
    const message = hearing.get(element);
    hearing.delete(element);
    if (message && !message.isSwapped) tell(message, message.none ?? whyQuiet);
  };

  last("htmx:ws:before:message:incoming", ({ message }, event) => {
    const names = ["hx-ws:connect", "hx-ws-connect", "ws-connect"];
    begun(event.target, lines.current(), names);
    if (event.defaultPrevented) ended(event.target, "listener");
    else hearing.get(event.target).data = message?.data;
  });
  first("htmx:ws:after:message:incoming", ({ message }, element) => {
    const isText = typeof message?.data === "string";
    ended(element, isText ? "data" : "binary");
  });

  last("htmx:sse:before:message", ({ connection, message = {} }, event) => {
    const names = ["hx-sse:connect", "hx-sse-connect", "sse-connect", "hx-get", "hx-post"];
    begun(event.target, tieOf(connection, message), names);
    if (event.defaultPrevented) ended(event.target, "listener");
  });
  first("htmx:sse:after:message", ({ message }, element) => {
    ended(element, message?.event ? "event" : "text");
  });

  // The stream's answer has a number; what is asked for anew after a break has one that nobody hears of.
  const tieOf = (connection, { event, data }) => {
    if (!connection) return null;
    const known = counts.get(connection) ?? { of: new Map() };
    counts.set(connection, known);
    const name = event || "message";
    const nth = (known.of.get(name) ?? 0) + 1;
    if (known.of.size < 32 || known.of.has(name)) known.of.set(name, nth);
    return known.entry && !known.isAnew
      ? { request: known.entry, name, nth, text: `${data ?? ""}`.slice(0, 200) }
      : null;
  };
  const asking = new WeakMap();
  first("htmx:before:request", ({ ctx }) => {
    if (ctx?.sourceElement) asking.set(ctx.sourceElement, ctx);
  });
  first("htmx:sse:after:connection", ({ connection }, element) => {
    if (!connection) return;
    const entry = entryOf(asking.get(element) ?? {});
    counts.set(connection, { of: new Map(), entry, isAnew: counts.has(connection) });
  });
}
