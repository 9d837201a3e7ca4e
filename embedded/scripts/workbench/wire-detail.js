// One exchange in full: htmx's headers first, then all headers, then the bodies.

import { fillChanged } from "./changes.js";
import { make, part, sentence, sizeOf, timeOf } from "./parts.js";
import { bodyInWords, bytesOfType, keptOf } from "./request-body.js";
import { describe, protocolName } from "./wire-row.js";

const IS_HTMX = /^hx-/i;

// `together` gives the entries of what was one thing for several clients, `nameOf` says who a client is.
export function showDetail(entry, { close, together, nameOf }) {
  const pane = part("wire-detail");
  pane.hidden = !entry;
  if (!entry) {
    fillChanged(null);
    return;
  }
  const { verb, result, ended } = describe(entry);
  const closing = make(
    "button",
    { type: "button", class: "quiet tool", "aria-label": "Close the detail" },
    "×",
  );
  closing.addEventListener("click", close);
  const isFault = entry.kind === "fault";
  const parts = isFault ? [entry.sentence] : [protocolName(entry.kind), verb, entry.path, result];
  const title = parts.filter(Boolean).join(" ");
  const facts = [
    isFault ? "what you did" : `browser ${entry.client}`,
    timeOf(entry.at),
    ended,
    entry.size && sizeOf(entry.size),
  ];
  pane.dataset.kind = entry.kind;
  const changed = make("div", { class: "changed", hidden: true });
  pane.replaceChildren(
    make("header", {}, make("h2", {}, title), closing),
    make("p", { class: "detail-facts" }, facts.filter(Boolean).join(" · ")),
    changed,
    ...(entry.kind === "http" ? exchange(entry) : [frame(entry)]),
  );
  fillChanged(isFault ? null : { place: changed, entries: together, nameOf });
}

function exchange(entry) {
  const answered = entry.response_headers ?? [];
  const rest = (entry.request_headers ?? []).filter(([name]) => !IS_HTMX.test(name));
  return [
    headers("htmx asked", entry.htmx ?? [], true),
    headers(
      "htmx was answered",
      answered.filter(([name]) => IS_HTMX.test(name)),
      true,
    ),
    requestBody(entry),
    answerBody(entry),
    headers("Request headers", rest),
    headers(
      "Answer's headers",
      answered.filter(([name]) => !IS_HTMX.test(name)),
    ),
    headers(
      "Headers that did not reach the browser",
      (entry.withheld ?? []).map(({ name, why }) => [name, sentence(why)]),
      true,
    ),
  ].filter(Boolean);
}

function requestBody(entry) {
  const kept = keptOf(entry);
  if (kept === "none") return lost("Request body", bodyInWords(entry));
  return body("Request body", entry.request_body, formType(entry), kept === "start");
}

function answerBody({ body: text, size, type = "", truncated }) {
  if (text === null && size > 0) return lost("Answer", bytesOfType(size, type));
  return body("Answer", text, type, truncated);
}

// What is there and is not kept.
const lost = (title, what) =>
  make(
    "details",
    { open: true },
    make("summary", {}, title),
    make("p", {}, `${what}. The wire keeps text only, and only what your server got or sent.`),
  );

function frame(entry) {
  const text = entry.kind === "sse" ? entry.data : entry.text;
  const more = [
    ["event", entry.kind === "sse" ? entry.name : null],
    ["id", entry.event_id],
    ["code", entry.event === "close" ? entry.code : null],
    ["reason", entry.reason],
    ["socket", entry.socket],
    ["stream", entry.stream],
  ].filter(([, value]) => value !== null && value !== undefined && value !== "");
  const parts = [
    headers(entry.event, more, true),
    entry.binary
      ? lost("Message", `${sizeOf(entry.size)} of binary data`)
      : body("Text", text, "", entry.truncated),
  ];
  return make("div", {}, ...parts.filter(Boolean));
}

function headers(title, pairs, open = false) {
  if (pairs.length === 0) return null;
  const rows = pairs.flatMap(([name, value]) => [make("dt", {}, name), make("dd", {}, `${value}`)]);
  return make("details", { open }, make("summary", {}, title), make("dl", {}, ...rows));
}

function body(title, text, type = "", truncated = false) {
  if (text === null || text === undefined || text === "") return null;
  const cut = truncated ? make("p", {}, "Only the start is kept.") : null;
  return make(
    "details",
    { open: true },
    make("summary", {}, title),
    make("pre", { tabindex: 0 }, pretty(text, type)),
    cut,
  );
}

const formType = ({ request_headers: all = [] }) =>
  all.find(([name]) => name.toLowerCase() === "content-type")?.[1] ?? "";

function pretty(text, type) {
  if (type.includes("x-www-form-urlencoded")) {
    return [...new URLSearchParams(text)].map(([name, value]) => `${name} = ${value}`).join("\n");
  }
  if (!type.includes("json") && !/^\s*[[{]/.test(text)) return text;
  try {
    return JSON.stringify(JSON.parse(text), null, 2);
  } catch {
    return text;
  }
}
