// What the composer's fields begin with: nothing, or what crossed before.

import { bodyInWords, keptOf } from "./request-body.js";

// Said by whoever sends it, so it is not the learner's to repeat: see `disguise.js`.
const SAID_ANEW =
  /^(host|connection|content-length|transfer-encoding|upgrade|cookie|origin|referer|user-agent|accept-encoding|accept-language|priority|upgrade-insecure-requests|cache-control|pragma|dnt|sec-.*)$/;

export const EMPTY = {
  kind: "request",
  method: "GET",
  path: "/",
  headers: "",
  body: "",
  client: "",
  connection: null,
  to: "server",
  name: "",
  id: "",
  text: "",
  lack: "",
};

const CUT = "The wire kept only the start of this text. What you send is that start.";

// What repeats an entry, with a sentence about what of it was not kept; or null where nothing can.
export function modelOf(entry) {
  const { kind, event, client, truncated } = entry;
  const lack = truncated ? CUT : "";
  if (kind === "http") return ofRequest(entry);
  if (event !== "message" || entry.binary) return null;
  if (kind === "sse") {
    const { stream: connection, name, data: text, event_id: id } = entry;
    const shown = name === "message" ? "" : name;
    return { ...EMPTY, kind: "event", client, connection, name: shown, text, id: id ?? "", lack };
  }
  const to = entry.direction === "in" ? "server" : "browser";
  return {
    ...EMPTY,
    kind: "frame",
    client,
    connection: entry.socket,
    to,
    text: entry.text ?? "",
    lack,
  };
}

// A body as it is sent: a field for text has lost which line breaks it had, and those of a multipart form are two characters.
export function bodyOf(written, model, headers) {
  if (written === model.body.replaceAll(/\r\n?/g, "\n")) return model.body;
  const isMultipart = headers.some(
    ([name, value]) => name.toLowerCase() === "content-type" && /^multipart\//i.test(value),
  );
  return isMultipart ? written.replaceAll("\n", "\r\n") : written;
}

function ofRequest(entry) {
  const { method, path, client, status, request_headers, request_body } = entry;
  const headers = request_headers.filter(([name]) => !SAID_ANEW.test(name));
  return {
    ...EMPTY,
    kind: status === 101 ? "handshake" : "request",
    method,
    path,
    client,
    headers: headers.map(([name, value]) => `${name}: ${value}`).join("\n"),
    body: request_body ?? "",
    lack: lackOf(entry),
  };
}

function lackOf(entry) {
  const lost = `The body was ${bodyInWords(entry)}. The wire keeps text only, so what you send has no body until you write one.`;
  return { all: "", start: CUT, none: lost }[keptOf(entry)];
}
