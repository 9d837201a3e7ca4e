// multipart/form-data, both ways (RFC 7578, and what browsers do: `%22`, `%0D`, `%0A` in names).

import { randomBytes, utf8Decode, utf8Encode } from "./host.js";
import { content, File } from "./blob.js";
import { concat, hex } from "./bytes.js";
import { FormData } from "./form-data.js";

const CR = 13;
const LF = 10;
const DASH = 45;

const broken = (reason) => new TypeError(`The body is not valid multipart/form-data: ${reason}`);

/** The boundary that a content type names; undefined when it names none. */
export const boundaryOf = (type) => {
  const match = /;\s*boundary=(?:"([^"]*)"|([^\s;]+))/i.exec(type);
  return match?.[1] ?? match?.[2];
};

export function parseMultipart(bytes, boundary) {
  const form = new FormData();
  const delimiter = utf8Encode(`\r\n--${boundary}`);
  let at = firstPart(bytes, delimiter);
  for (;;) {
    if (bytes[at] === DASH && bytes[at + 1] === DASH) return form;
    at = lineEnd(bytes, at);
    const headEnd = endOfHead(bytes, at);
    const end = endOfPart(bytes, delimiter, headEnd.body - 2);
    if (end < 0) throw broken("the final boundary is missing");
    addPart(form, utf8Decode(bytes.subarray(at, headEnd.head), false, true), () =>
      bytes.slice(headEnd.body, Math.max(headEnd.body, end)),
    );
    at = end + delimiter.length;
  }
}

/** The place after the first boundary, which nothing, or a preamble and CRLF, comes before. */
function firstPart(bytes, delimiter) {
  if (matchesAt(bytes, delimiter.subarray(2), 0)) return delimiter.length - 2;
  const at = find(bytes, delimiter, 0);
  if (at < 0) throw broken("the boundary is missing");
  return at + delimiter.length;
}

/** Where the next boundary stands: one that its line ends after, or that two dashes follow. */
function endOfPart(bytes, delimiter, from) {
  for (let at = find(bytes, delimiter, from); at >= 0; at = find(bytes, delimiter, at + 1)) {
    let after = at + delimiter.length;
    if (bytes[after] === DASH && bytes[after + 1] === DASH) return at;
    while (bytes[after] === 32 || bytes[after] === 9) after++;
    if (bytes[after] === CR && bytes[after + 1] === LF) return at;
  }
  return -1;
}

/** The place after the CRLF that ends a boundary's line; blanks may come before it. */
function lineEnd(bytes, from) {
  let at = from;
  while (bytes[at] === 32 || bytes[at] === 9) at++;
  if (bytes[at] !== CR || bytes[at + 1] !== LF) throw broken("a boundary's line does not end");
  return at + 2;
}

/** Where a part's headers end and where its body begins. */
function endOfHead(bytes, from) {
  if (bytes[from] === CR && bytes[from + 1] === LF) return { head: from, body: from + 2 };
  const at = find(bytes, new Uint8Array([CR, LF, CR, LF]), from);
  if (at < 0) throw broken("a part's headers do not end");
  return { head: at, body: at + 4 };
}

function addPart(form, head, body) {
  const disposition = field(head, "content-disposition");
  if (!/^\s*form-data\s*(;|$)/i.test(disposition ?? "")) throw broken("a part is not form-data");
  const name = parameter(disposition, "name");
  if (name === undefined) throw broken("a part has no name");
  const filename = parameter(disposition, "filename");
  if (filename === undefined) form.append(name, utf8Decode(body(), false, true));
  else {
    const type = field(head, "content-type")?.trim() ?? "application/octet-stream";
    form.append(name, new File([body()], filename, { type }));
  }
}

const field = (head, name) =>
  head
    .split("\r\n")
    .find((line) => line.toLowerCase().startsWith(`${name}:`))
    ?.slice(name.length + 1);

function parameter(disposition, name) {
  const pattern = new RegExp(`;\\s*${name}\\s*=\\s*(?:"((?:\\\\"|[^"])*)"|([^;\\s]*))`, "i");
  const match = pattern.exec(disposition);
  if (!match) return undefined;
  return (match[1] ?? match[2])
    .replaceAll('\\"', '"')
    .replace(/%0a/gi, "\n")
    .replace(/%0d/gi, "\r")
    .replaceAll("%22", '"');
}

/** The first place at or after `from` where `wanted`, which begins with CR, stands; or -1. */
function find(bytes, wanted, from) {
  let at = bytes.indexOf(CR, from);
  while (at >= 0 && (bytes[at + 1] !== LF || !matchesAt(bytes, wanted, at))) {
    at = bytes.indexOf(CR, at + 1);
  }
  return at;
}

function matchesAt(bytes, wanted, at) {
  for (let index = 0; index < wanted.length; index++) {
    if (bytes[at + index] !== wanted[index]) return false;
  }
  return true;
}

export const newBoundary = () => `----FormBoundary${hex(randomBytes(16))}`;

export function serializeMultipart(form, boundary) {
  const pieces = [];
  for (const [name, value] of form) {
    const head = `--${boundary}\r\nContent-Disposition: form-data; name="${escapeName(name)}"`;
    if (typeof value === "string") {
      pieces.push(utf8Encode(`${head}\r\n\r\n${value.replace(/\r\n?|\n/g, "\r\n")}\r\n`));
    } else {
      const type = value.type || "application/octet-stream";
      const file = `; filename="${escapeName(value.name)}"\r\nContent-Type: ${type}\r\n\r\n`;
      pieces.push(utf8Encode(head + file), value[content](), utf8Encode("\r\n"));
    }
  }
  pieces.push(utf8Encode(`--${boundary}--\r\n`));
  return concat(pieces);
}

const escapeName = (name) =>
  name.replaceAll("\n", "%0A").replaceAll("\r", "%0D").replaceAll('"', "%22");
