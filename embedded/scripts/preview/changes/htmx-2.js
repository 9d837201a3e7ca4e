// The swaps of htmx 2: of answers, of messages on sockets and of events on streams, by the events that htmx fires.

import { findTarget } from "./find-target.js";
import { holds } from "./inherit.js";
import { partFor, partsOf } from "./parts.js";
import { beginSwap, settleAll } from "./swap.js";
import {
  byConfig,
  byPart,
  byScript,
  delayOf,
  howSwapped,
  howTargeted,
  whyAsked,
  whyHeard,
} from "./why.js";

const standard = () => window.htmx?.config?.defaultSwapStyle ?? "innerHTML";
const header = (xhr, name) => xhr.getResponseHeader(name);
// After htmx has settled it, 20 ms unless the page says otherwise.
const SETTLED_MS = 60;
const TRANSITION_MS = 1000;

export function watchHtmx2(records, lines) {
  const asked = new WeakMap();
  const answers = new WeakMap();
  const swaps = new WeakMap();
  // What is being swapped now: answers whose parts may still come, and a message.
  const open = new Set();
  let message = null;
  let location = "";

  const first = (type, act) =>
    window.addEventListener(type, ({ detail, target }) => act(detail ?? {}, target), true);
  // After all listeners of the page's own; those for the second name of an event come after the first.
  const last = (type, act) => {
    const kebab = type.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
    for (const name of [type, kebab])
      window.addEventListener(name, (event) => act(event.detail ?? {}, event));
  };

  const tell = (answer, none) => {
    answer.isTold = true;
    records.tell({ tie: answer.tie, why: answer.why, none });
  };

  const why = ({ xhr, requestConfig = {}, boosted }) => {
    const { elt, verb, triggeringEvent: event } = requestConfig;
    const known = asked.get(xhr)?.why;
    return known ?? whyAsked(elt, verb, { event, isBoosted: boosted, location });
  };

  first("htmx:beforeRequest", (detail) => {
    if (detail.xhr) asked.set(detail.xhr, { why: why(detail), target: detail.target });
  });
  first("htmx:beforeOnLoad", ({ xhr }) => {
    location = (xhr && header(xhr, "HX-Location")) ?? "";
  });

  const answerOf = (detail) => {
    const known = answers.get(detail.xhr);
    if (known) return known;
    const entry = Number(header(detail.xhr, "hxlab-entry"));
    const answer = {
      tie: entry ? { entry } : null,
      why: why(detail),
      detail,
      allowed: detail.shouldSwap,
      aim: detail.target,
    };
    answers.set(detail.xhr, answer);
    return answer;
  };

  const byAsking = (xhr) => {
    const { by, name, value } = asked.get(xhr)?.why ?? {};
    return by === "header" ? { ...byScript(), by, name, value } : byScript();
  };

  // What holds for the main part, as far as the page's listeners have come.
  const plan = ({ detail, aim }) => {
    const { xhr, target, boosted, swapOverride } = detail;
    const element = detail.requestConfig?.elt;
    const said = { isBoosted: boosted, version: 2, standard: standard() };
    const reswap = header(xhr, "HX-Reswap");
    const how = howSwapped(element, { ...said, reswap: swapOverride ?? reswap ?? undefined });
    if (swapOverride && swapOverride !== reswap) Object.assign(how, byScript());
    const retarget = header(xhr, "HX-Retarget");
    let found = howTargeted(element, { ...said, retarget });
    // By HX-Location, or by the script that asked.
    if (detail.etc?.targetOverride && !retarget) found = byAsking(xhr);
    const wished = asked.get(xhr)?.target ?? target;
    if (target !== aim) found = byScript();
    else if (!retarget && target !== wished) found = byConfig("responseHandling");
    const delay = delayOf(swapOverride ?? holds(element, "hx-swap", 2)?.value);
    return { target, found, how, part: "main", delay };
  };

  first("htmx:beforeSwap", (detail) => {
    if (detail.xhr && detail.requestConfig) begin(answerOf(detail));
  });

  last("htmx:beforeSwap", (detail, event) => {
    if (!detail.xhr || !detail.requestConfig) return;
    const answer = answerOf(detail);
    answer.isStopped ||= event.defaultPrevented;
    if (event.defaultPrevented || !detail.shouldSwap) drop(answer);
    else begin(answer);
  });

  const begin = (answer) => {
    const said = plan(answer);
    const key = `${said.how.style} ${said.delay}`;
    if (answer.main && answer.main.target === said.target && answer.key === key) return;
    answer.main?.drop();
    answer.key = key;
    answer.delay = said.delay;
    answer.style = said.how.style;
    const isFull = answer.main?.isFull ?? records.hasRoom();
    answer.main = beginSwap(records, answer, { ...said, isFull });
    open.add(answer);
    // The same delay, begun earlier, ends earlier.
    if (said.delay) setTimeout(answer.main.retake, said.delay);
  };

  const drop = (answer) => {
    answer.main?.drop();
    answer.main = null;
    open.delete(answer);
  };

  first("htmx:afterSwap", ({ xhr }) => {
    const answer = xhr && answers.get(xhr);
    answer?.main?.done();
    if (answer) answer.isSwapped = true;
  });
  first("htmx:afterSettle", ({ xhr }) => {
    const answer = xhr && answers.get(xhr);
    if (answer?.isSwapped) close(answer);
  });

  // While the page is shown as it was, htmx waits with the swap.
  first("htmx:beforeTransition", ({ xhr }) => {
    const answer = xhr && answers.get(xhr);
    if (answer) answer.delay += TRANSITION_MS;
  });
  for (const type of ["htmx:swapError", "htmx:onLoadError"])
    first(type, (detail) => {
      if (!detail.xhr?.status) return;
      const answer = answerOf(detail);
      if (answer.main && !answer.isSwapped) drop(answer);
      if (!answer.isTold && !answer.main) tell(answer, "error");
    });

  const close = (answer) => {
    if (!open.delete(answer)) return;
    settleAll();
    answer.main?.finish();
  };

  first("htmx:afterRequest", (detail) => {
    location = "";
    const { xhr } = detail;
    if (!xhr || xhr.status === 0) return;
    const answer = answerOf(detail);
    if (answer.isTold) return;
    answer.isTold = true;
    // Where a page's listener lets no other one hear, only this shows how it has decided.
    answer.isStopped ||= answer.main && detail.failed === undefined;
    if (answer.isStopped || !answer.detail.shouldSwap) drop(answer);
    if (!answer.main) return tell(answer, whyNot(answer, xhr));
    // An answer of nothing has no element that tells of its swap.
    if (!answer.isSwapped && !answer.delay) answer.main.done();
    setTimeout(close, (answer.delay ?? 0) + SETTLED_MS, answer);
  });

  const whyNot = ({ isStopped, allowed }, xhr) => {
    if (header(xhr, "HX-Location")) return "location";
    if (header(xhr, "HX-Redirect")) return "redirect";
    if (header(xhr, "HX-Refresh") === "true") return "refresh";
    if (isStopped || allowed) return "listener";
    if (allowed === undefined) return "stopped";
    return xhr.status >= 400 ? "refused" : "empty";
  };

  // Parts that say their own place, of the message or the answer that is being swapped.
  const whose = (target, isFull) => {
    const all = message ? [message] : [...open];
    // To read an answer takes time.
    if (!isFull) return [all.at(-1)];
    for (const each of all) {
      each.parts ??= partsOf(each.text ?? each.detail.serverResponse, {
        isMessage: each === message && !message.isStream,
        selectOob: holds(each.detail?.requestConfig?.elt, "hx-select-oob", 2)?.value,
      });
      const part = partFor(each.parts, target);
      if (part) return [each, part];
    }
    return [all.at(-1)];
  };

  const beginPart = (detail, isPartial) => {
    const { target } = detail;
    if (!(target instanceof Element) || swaps.has(detail)) return;
    const isFull = records.hasRoom();
    const [whole, part] = whose(target, isFull);
    if (!whole) return;
    const kind = isPartial ? "partial" : "oob";
    const unknown = { found: byPart(""), how: { ...byPart(""), style: "outerHTML" }, part: kind };
    const swap = beginSwap(records, whole, { ...(part ?? unknown), target, isFull });
    swap.whole = whole;
    swaps.set(detail, swap);
    whole.isSwapped = true;
  };
  const endPart = (detail, event) => {
    const swap = swaps.get(detail);
    if (!swap) return;
    if (event.defaultPrevented || !detail.shouldSwap) swap.drop();
    else swap.done();
  };
  for (const [type, isPartial] of [
    ["htmx:oobBeforeSwap", false],
    ["htmx:partialBeforeSwap", true],
  ]) {
    first(type, (detail) => beginPart(detail, isPartial));
    last(type, endPart);
  }
  // What comes before the main part may lie in its place.
  first("htmx:oobAfterSwap", (detail) => {
    const swap = swaps.get(detail);
    const main = swap?.whole.main;
    if (main?.target?.contains?.(swap.target) && !swap.isCounted) main.retake();
    if (swap) swap.isCounted = true;
  });
  first("htmx:oobErrorNoTarget", () => {
    const [whole] = message ? [message] : [...open].slice(-1);
    if (whole) whole.isLost = true;
  });

  first("htmx:wsBeforeMessage", ({ message: text }, element) => {
    begun({
      tie: lines.current(),
      why: whyHeard(element, ["ws-connect", "hx-ws"]),
      text,
      element,
    });
  });
  first("htmx:sseBeforeMessage", (event, element) => {
    const tie = lines.of(event);
    const heard = { tie, why: whyHeard(element, ["sse-swap"]), text: event.data, isStream: true };
    begun({ ...heard, element, event });
    const { how, found, target, delay } = aimOf(element);
    if (!(target instanceof Element)) return;
    const isFull = records.hasRoom();
    message.main = beginSwap(records, message, { target, found, how, part: "main", isFull });
    if (!delay) message.main.done();
    else setTimeout(message.main.retake, delay);
    message.delay = delay;
    message.isSwapped = true;
  });
  for (const type of ["htmx:wsBeforeMessage", "htmx:sseBeforeMessage"])
    last(type, (detail, event) => {
      if (!event.defaultPrevented || !message) return;
      message.isStopped = true;
      message.main?.drop();
      message.isSwapped = false;
    });

  const aimOf = (element) => {
    const said = { version: 2, standard: standard() };
    const how = howSwapped(element, said);
    const at = holds(element, "hx-target", 2);
    const found = howTargeted(element, said);
    const delay = delayOf(holds(element, "hx-swap", 2)?.value);
    if (!at) return { how, found, delay, target: element };
    if (at.value === "this") return { how, found, delay, target: at.carrier };
    return { how, found, delay, target: findTarget(element, at.value) };
  };

  // A message is swapped by the end of the listener that hears it.
  const begun = (heard) => {
    message = heard;
    queueMicrotask(() => {
      if (message === heard) message = null;
      if (heard.delay) setTimeout(() => heard.main.finish(), heard.delay + SETTLED_MS);
      else settleAll();
      if (heard.isSwapped) return;
      tell(heard, heard.isStopped ? "listener" : heard.isLost ? "place" : whyQuiet(heard.text));
    });
  };

  const whyQuiet = (text) =>
    typeof text !== "string" ? "binary" : /^\s*[[{]/.test(text) ? "data" : "text";

  last("htmx:historyCacheMissLoad", ({ xhr, historyElt }) => {
    if (!xhr || answers.has(xhr) || !(historyElt instanceof Element)) return;
    const entry = Number(header(xhr, "hxlab-entry"));
    const answer = {
      tie: entry ? { entry } : null,
      why: whyAsked(document.body, "", { isRestore: true }),
    };
    answers.set(xhr, answer);
    const found = holds(historyElt, "hx-history-elt", 2)
      ? byPart("hx-history-elt")
      : byPart("body");
    const how = { ...byPart(""), style: "innerHTML" };
    const isFull = records.hasRoom();
    const swap = beginSwap(records, answer, {
      target: historyElt,
      found,
      how,
      part: "main",
      isFull,
    });
    swap.done();
    queueMicrotask(settleAll);
  });
}
