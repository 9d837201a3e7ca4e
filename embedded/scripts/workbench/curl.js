// A request as a line for a shell. What it says may be a stranger's, and is pasted into a terminal: no character of it
// does anything there.

import { bodyInWords, keptOf } from "./request-body.js";

// What curl writes itself, and what only browsers are asked for.
const OWN = /^(host|connection|content-length|accept-encoding|upgrade|sec-websocket-.*)$/;
// Characters that a terminal acts on, also where they are quoted.
const ACTS = /[\x00-\x1f\x7f-\x9f]/;

export function asCurl(entry, origin) {
  const { method, path, request_headers: headers, request_body: body } = entry;
  const host = headers.find(([name]) => name === "host")?.[1];
  const scheme = origin?.split("://")[0] ?? "http";
  const address = host ? `${scheme}://${host}` : (origin ?? "");
  const kept = keptOf(entry);
  // Without the file, curl says that it is not there.
  const data =
    kept === "none" ? ["--data-binary @body"] : body ? [`--data-raw ${quoted(body)}`] : [];
  const lines = [
    ["curl", ...optionsOf(method, path, data.length > 0), quoted(address + path)].join(" "),
    ...headers
      .filter(([name]) => !OWN.test(name))
      .map(([name, value]) => `-H ${quoted(value ? `${name}: ${value}` : `${name};`)}`),
    ...data,
  ];
  return noteOf(kept, entry) + lines.join(" \\\n  ");
}

function noteOf(kept, entry) {
  if (kept === "start") return "# The wire keeps only the start of long bodies.\n";
  if (kept === "all") return "";
  const words = `The wire keeps text only, and the body was ${bodyInWords(entry)}`;
  return `# ${plain(words)}: put it into a file named “body” here.\n`;
}

// By itself curl sends GET, and POST where there is a body; it waits for the body of a HEAD that it does not know as one.
function optionsOf(method, path, hasBody) {
  const asked = { GET: hasBody ? ["-X 'GET'"] : [], HEAD: hasBody ? null : ["--head"] }[method];
  return [...(asked ?? [`-X ${quoted(method)}`]), ...(/[[\]{}]/.test(path) ? ["--globoff"] : [])];
}

const plain = (text) => text.replaceAll(new RegExp(ACTS, "g"), "");

const quoted = (text) =>
  ACTS.test(text)
    ? `$'${text.replaceAll(/[\\']/g, String.raw`\$&`).replaceAll(new RegExp(ACTS, "g"), inHex)}'`
    : `'${text.replaceAll("'", String.raw`'\''`)}'`;

// A character by its bytes.
const inHex = (character) =>
  [...new TextEncoder().encode(character)]
    .map((byte) => String.raw`\x${byte.toString(16).padStart(2, "0")}`)
    .join("");
