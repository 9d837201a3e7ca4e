// A row of the wire, and the words of its parts.

import { make, sizeOf, spanOf, timed, timeOf } from "./parts.js";
import { hasFailed } from "./wire-failed.js";
import { countOf, reachOf } from "./wire-groups.js";

const GLYPHS = { http: "⇄", websocket: "⇅", sse: "⇉", fault: "↯" };
const NAMES = { http: "HTTP", websocket: "WebSocket", sse: "SSE", fault: "Fault" };
const ARROWS = { in: "↑", out: "↓", both: "⇄", none: "" };
const DIRECTIONS = { in: ", to the server", none: "" };
// What a fault that the learner has chosen did to a request.
const INJECTED = {
  refused: "its connection was refused, as you asked for",
  delayed: "its answer was delayed, as you asked for",
  failed: "it was answered 500, as you asked for: your server was not asked",
};

// Every entry in the same words, whatever its protocol.
export function describe(entry) {
  const { kind } = entry;
  if (kind === "fault") return { arrow: "none", verb: "fault", text: entry.sentence, result: "" };
  if (kind === "http") {
    const { method, path, status, done } = entry;
    const { size, duration } = measuresOf(entry);
    const ended =
      done === false ? "open" : duration === null || duration === undefined ? "" : spanOf(duration);
    return {
      arrow: "in",
      verb: method,
      text: path,
      result: entry.injected === "refused" ? "refused" : status === null ? "…" : `${status}`,
      size,
      ended,
      failed: hasFailed(entry),
    };
  }
  if (kind === "websocket") {
    const { event, direction, path, text, binary, code, reason, size, published } = entry;
    if (event !== "message") {
      const result = event === "close" ? `${code ?? ""}` : "";
      return {
        arrow: "in",
        verb: event,
        text: `${path}${reason ? ` ${reason}` : ""}`,
        result,
        failed: hasFailed(entry),
      };
    }
    return {
      arrow: direction,
      verb: direction === "in" ? "sent" : published ? "published" : "got",
      text: binary ? "(binary)" : (text ?? ""),
      result: "",
      size,
    };
  }
  const { event, path, name, data, size } = entry;
  if (event !== "message") return { arrow: "out", verb: event, text: path, result: "" };
  return { arrow: "out", verb: name || "message", text: data ?? "", result: "", size };
}

// What is answered in the server's place says nothing of the server: neither its size nor, at once, its time.
function measuresOf({ injected, size, duration }) {
  if (injected !== "refused" && injected !== "failed") return { size, duration };
  return { size: null, duration: duration >= 1000 ? duration : null };
}

export const protocolName = (kind) => NAMES[kind] ?? kind;

// The badges of so many clients fit into a row.
const BADGES = 4;

export function emptyRow(group) {
  const { entry } = group.first;
  const row = make("div", { role: "option", id: `wire-${entry}`, "aria-selected": "false" });
  row.group = group;
  return row;
}

// Writes a group into its row, which stays the same element: who has chosen it hears of it once.
export function fillRow(group, clients) {
  const { last, first, opened, row } = group;
  const { arrow, verb, text, result, size, ended, failed } = describe(last);
  const count = countOf(group);
  const cell = (name, ...words) => make("span", { class: name }, ...words);
  const htmx = last.htmx?.length
    ? make("abbr", { class: "hx", title: "sent by htmx" }, "hx")
    : null;
  const composed = last.composed
    ? make("abbr", { class: "hx", title: "sent from the composer" }, "composed")
    : null;
  const injected = last.injected
    ? make("abbr", { class: "hx", title: INJECTED[last.injected] }, "fault")
    : null;
  const direction = DIRECTIONS[arrow] ?? ", to the browser";
  const shown = text.replaceAll(/\s+/g, " ").trim().slice(0, 300);
  row.dataset.kind = last.kind;
  row.toggleAttribute("data-failed", failed === true);
  row.replaceChildren(
    make(
      "span",
      {
        class: "glyph",
        role: "img",
        "aria-label": `${protocolName(last.kind)}${direction}`,
        title: protocolName(last.kind),
      },
      `${GLYPHS[last.kind]}${ARROWS[arrow]}`,
    ),
    cell("verb", verb),
    htmx || composed || injected
      ? make("span", { class: "what" }, cell("said", shown), " ", htmx, composed, injected)
      : cell("what", shown),
    count > 1 ? times(count) : cell("result", result),
    cell("size", size === null || size === undefined || count > 1 ? "" : sizeOf(size)),
    cell("span", opened ? `opened ${connectionName(opened)}` : (ended ?? "")),
    timed(last.at, ...whom(group, clients), spanOfTime(first, last)),
  );
}

const times = (count) =>
  make(
    "span",
    { class: "result" },
    make("span", { "aria-hidden": "true" }, `×${count}`),
    make("span", { class: "visually-hidden" }, `${count} times`),
  );

// Whose it is: the clients' badges, and how many more there are.
function whom(group, clients) {
  if (group.last.kind === "fault") return [];
  const labels = [...group.counts.keys()];
  const badges = labels.slice(0, BADGES).map(clients.badge);
  const more = reachOf(group) - badges.length;
  return [...badges, more > 0 ? ` and ${more} more ` : " "];
}

const spanOfTime = (first, last) =>
  timeOf(first.at) === timeOf(last.at) ? timeOf(last.at) : `${timeOf(first.at)}–${timeOf(last.at)}`;

export const connectionName = ({ kind }) => (kind === "sse" ? "a stream of events" : "a WebSocket");
