// One exchange as a row of the wire, and the words of its parts.

import { make, sizeOf, spanOf, timeOf, timed } from "./parts.js";

const GLYPHS = { http: "⇄", websocket: "⇅", sse: "⇉" };
const NAMES = { http: "HTTP", websocket: "WebSocket", sse: "SSE" };
const ARROWS = { in: "↑", out: "↓", both: "⇄" };

// Every entry in the same words, whatever its protocol.
export function describe(entry) {
  const { kind } = entry;
  if (kind === "http") {
    const { method, path, status, size, duration, done } = entry;
    const ended =
      done === false ? "open" : duration === null || duration === undefined ? "" : spanOf(duration);
    return {
      arrow: "in",
      verb: method,
      text: path,
      result: status === null ? "…" : `${status}`,
      size,
      ended,
      failed: status >= 400,
    };
  }
  if (kind === "websocket") {
    const { event, direction, path, text, binary, code, reason, size } = entry;
    if (event !== "message") {
      const result = event === "close" ? `${code ?? ""}` : "";
      return {
        arrow: "in",
        verb: event,
        text: `${path}${reason ? ` ${reason}` : ""}`,
        result,
        failed: event === "close" && code >= 1002,
      };
    }
    return {
      arrow: direction,
      verb: direction === "in" ? "sent" : "got",
      text: binary ? "(binary)" : (text ?? ""),
      result: "",
      size,
    };
  }
  const { event, path, name, data, size } = entry;
  if (event !== "message") return { arrow: "out", verb: event, text: path, result: "" };
  return { arrow: "out", verb: name || "message", text: data ?? "", result: "", size };
}

export const protocolName = (kind) => NAMES[kind] ?? kind;

export function wireRow(entry) {
  const { arrow, verb, text, result, size, ended, failed } = describe(entry);
  const cell = (name, words) => make("span", { class: name }, words);
  const htmx = entry.htmx?.length
    ? make("abbr", { class: "hx", title: "sent by htmx" }, "hx")
    : null;
  const direction = arrow === "in" ? "to the server" : "to the browser";
  const shown = text.replaceAll(/\s+/g, " ").trim().slice(0, 300);
  const row = make(
    "li",
    {
      role: "option",
      id: `wire-${entry.entry}`,
      "aria-selected": "false",
      "data-kind": entry.kind,
      "data-entry": entry.entry,
      "data-failed": failed,
    },
    make(
      "span",
      {
        class: "glyph",
        role: "img",
        "aria-label": `${protocolName(entry.kind)}, ${direction}`,
        title: protocolName(entry.kind),
      },
      `${GLYPHS[entry.kind]}${ARROWS[arrow]}`,
    ),
    cell("verb", verb),
    make("span", { class: "what" }, shown, htmx),
    cell("result", result),
    cell("size", size === null || size === undefined ? "" : sizeOf(size)),
    cell("span", ended ?? ""),
    timed(entry.at, `${entry.client ?? ""} ${timeOf(entry.at)}`),
  );
  row.words = `${verb} ${text} ${result} ${entry.path}`.toLowerCase();
  return row;
}
