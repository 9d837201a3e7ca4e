// Messages on sockets and events on streams, which htmx's extensions swap while they are heard.

import { first, last } from "../events.js";
import { beginSwap, settleAll } from "../swap.js";
import { whyHeard } from "../why.js";
import { aimOfEvent } from "./aim.js";

// Behind the moment when htmx settles it.
const SETTLED_MS = 40;

export function watchMessages(records, scene, lines) {
  const whyNot = ({ isStopped, isLost, text }) => {
    if (isStopped) return "listener";
    if (isLost) return "place";
    if (typeof text !== "string") return "binary";
    return /^\s*[[{]/.test(text) ? "data" : "text";
  };

  // What is heard is swapped by the end of the listener that hears it, or waits; a message of a socket has settled by then.
  const begin = (heard) => {
    scene.message = heard;
    queueMicrotask(() => {
      if (scene.message === heard) scene.message = null;
      if (heard.main) setTimeout(heard.main.finish, heard.wait);
      else settleAll();
      if (heard.isSwapped || heard.hasLost) return;
      records.tell({ tie: heard.tie, why: heard.why, none: whyNot(heard) });
    });
    return heard;
  };

  first("htmx:wsBeforeMessage", ({ message: text }, element) => {
    begin({ tie: lines.current(), why: whyHeard(element, ["ws-connect", "hx-ws"]), text });
  });

  first("htmx:sseBeforeMessage", (event, element) => {
    const why = whyHeard(element, ["sse-swap"]);
    const heard = begin({ tie: lines.of(event), why, text: event.data, isStream: true });
    const { delay, settle, ...aim } = aimOfEvent(element);
    heard.isLost = !(aim.target instanceof Element);
    if (heard.isLost) return;
    heard.main = beginSwap(records, heard, { ...aim, isFull: records.hasRoom() });
    heard.isSwapped = true;
    heard.wait = delay + settle + SETTLED_MS;
    if (delay) setTimeout(heard.main.retake, delay);
    else heard.main.done();
  });

  for (const type of ["htmx:wsBeforeMessage", "htmx:sseBeforeMessage"])
    last(type, (detail, event) => {
      const { message } = scene;
      if (!event.defaultPrevented || !message) return;
      message.main?.drop();
      Object.assign(message, { isStopped: true, isSwapped: false, main: null });
    });
}
