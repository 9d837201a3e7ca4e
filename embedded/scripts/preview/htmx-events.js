// What htmx tells by its events, in words: a target that is not there, an answer that is not swapped, a part without a
// place, an address that was pushed. htmx 4 is silent about some of it; there the answer itself is read.

import { mistake } from "../mistakes/sentences.js";
import { nameOf } from "./name-of.js";

const FULL_PAGE = /^\s*(<!--[^]*?-->\s*)*<(!doctype\s+html|html[\s>])/i;
// The page that the engine makes of what a handler throws, which is a problem of its own.
const THROWN = /^<!doctype html>\n<html lang="en">\n<meta charset="utf-8">\n<title>500 /;
const LONG = 500_000;
const HEAD = 5000;
const FAULTS = {
  "htmx:invalidPath": () => "the request was not sent, because its address is on another host",
  "htmx:syntax:error": ({ token, error }) =>
    token
      ? `\`hx-trigger\` cannot be read at “${token}”`
      : `the filter in an \`hx-trigger\` cannot be read: ${error?.message}`,
  "htmx:eventFilter:error": ({ source }) => `the filter [${source}] of a trigger has failed`,
  "htmx:sendError": ({ pathInfo }) => `there was no answer from ${pathInfo?.requestPath}`,
  "htmx:timeout": ({ pathInfo }) => `${pathInfo?.requestPath} did not answer in time`,
  "htmx:error": ({ error }) => error && `${error.message ?? error}`,
};

export function watchEvents(report, tellPushed) {
  const tell = (broken, find) => report(mistake(broken, { find }));
  const on = (type, act) =>
    window.addEventListener(type, ({ detail, target }) => act(detail ?? {}, target));

  for (const [event, words] of Object.entries(FAULTS))
    on(event, (detail) => {
      const reason = words(detail)?.slice(0, 500);
      if (reason) tell({ rule: "library", event, reason });
    });

  // Of htmx 2: before a request, or of a header of its answer.
  on("htmx:targetError", ({ target, elt }, element) => {
    const asks = elt ?? element;
    if (closest(asks, "hx-target") === target) missed(tell, target, asks, 2);
    else tell({ rule: "retarget", selector: `${target}` }, `${target}`);
  });
  on("htmx:oobErrorNoTarget", ({ target, content }) => {
    if (content?.id || content?.hasAttribute?.("hx-swap-oob") || target !== "#null")
      lost(tell, target);
    else tell({ rule: "place", element: nameOf(content) });
  });
  on("htmx:partialErrorNoTarget", ({ targetSelector }) => lost(tell, targetSelector));
  // After all listeners of the page's own, which may still allow or change a swap.
  on("htmx:beforeSwap", (detail) => {
    // Once it is swapped, what asked may be gone from the page.
    const element = detail.requestConfig?.elt;
    const selects = closest(element, "hx-select") !== undefined;
    const swap = closest(element, "hx-swap");
    queueMicrotask(() => judgeSwap(detail, { selects, swap }, tell));
  });
  on("htmx:before:swap", ({ ctx }) => ctx && judgeSwap4(ctx, tell));

  for (const type of ["htmx:pushedIntoHistory", "htmx:replacedInHistory"])
    on(type, ({ path }) => tellPushed(path));
  for (const type of ["htmx:after:history:push", "htmx:after:history:replace"])
    on(type, ({ path }) => tellPushed(path));
}

function missed(tell, selector, element, version) {
  const find = `hx-target="${selector}"\nhx-target:inherited="${selector}"\n${selector}`;
  tell({ rule: "target", selector: `${selector}`, element: nameOf(element), version }, find);
}

const lost = (tell, selector) =>
  tell({ rule: "oob", selector: `${selector}` }, `id="${`${selector}`.slice(1)}"\n${selector}`);

function judgeSwap(detail, { selects, swap }, tell) {
  const { xhr, target, shouldSwap, serverResponse, requestConfig, selectOverride } = detail;
  const path = detail.pathInfo?.requestPath ?? "";
  const method = (requestConfig?.verb ?? "get").toUpperCase();
  if (!shouldSwap && xhr?.status >= 400 && !THROWN.test(xhr.responseText))
    tell({ rule: "refused", status: xhr.status, method, path }, path);
  const isPart = selectOverride || xhr?.getResponseHeader("HX-Reselect");
  if (shouldSwap && !isPart && !selects && isPutInto(target, swap, serverResponse))
    tell({ rule: "page", path, element: nameOf(target) }, path);
}

// Whether this is a full page in the place of a part of one.
function isPutInto(target, swap, text) {
  const isWhole = target === document.body || target === document.documentElement;
  if (!target || isWhole || /^(none|delete)/.test(swap ?? "")) return false;
  return typeof text === "string" && FULL_PAGE.test(text.slice(0, HEAD));
}

function judgeSwap4({ text = "", target, select, swap, sourceElement, request }, tell) {
  const wish = sourceElement?.getAttribute?.("hx-target");
  if (!target && wish) missed(tell, wish, sourceElement, 4);
  const path = request?.action ?? "";
  if (!select && isPutInto(target, swap, text))
    tell({ rule: "page", path, element: nameOf(target) }, path);
  if (text.length > LONG || !/hx-swap-oob|<hx-partial/i.test(text)) return;
  const { body } = new DOMParser().parseFromString(`<body>${text}`, "text/html");
  for (const part of body.querySelectorAll("[hx-swap-oob], hx-partial")) {
    const id = placeOf(part);
    if (id && !document.getElementById(id)) lost(tell, `#${id}`);
  }
}

// The id of where a part goes; null where its place is said in another way.
function placeOf(part) {
  const isPartial = part.localName === "hx-partial";
  const said = part.getAttribute(isPartial ? "hx-target" : "hx-swap-oob") ?? "";
  const id = (isPartial ? /^#([\w-]+)$/ : /^\S+?:#([\w-]+)$/).exec(said)?.[1];
  const isOwn = isPartial ? said === "" : !said.includes(":");
  return id ?? (isOwn && part.id ? part.id : null);
}

function closest(element, name) {
  const at = element?.closest?.(`[${name}], [data-${name}]`);
  return at ? (at.getAttribute(name) ?? at.getAttribute(`data-${name}`)) : undefined;
}
