// Static answers of `routes`: they are ready before anybody asks, so that a browser which has one
// already is told so.

import { web } from "./host.js";
import { partial, rangeOf } from "./range.js";

/** What `deliver` sends as it is. */
export class Parts {
  constructor({ status, fields, body }) {
    this.status = status;
    this.fields = fields;
    this.body = body;
  }
}

/** Who answers with a static Response: `(method) => (request) => answer`. */
export function standing(response) {
  const parts = web.standingParts(response);
  if (!parts) return () => () => response.clone();
  if (parts.file) return () => web.isThere(parts.file) && ((request) => file(parts, request));
  const ready = { ...parts, fields: withEtag(parts) };
  return () => (request) => memory(ready, request);
}

function memory(parts, request) {
  const { status, fields } = parts;
  const known = reads(request) && status === 200 ? request.headers.get("if-none-match") : null;
  if (known !== null && names(known, web.fieldValue(fields, "etag"))) {
    return new Parts({ status: 304, fields, body: null });
  }
  return new Parts(parts);
}

function file({ status, fields, file }, request) {
  const modified = new Date(file.lastModified).toUTCString();
  const all = [...fields, "last-modified", modified];
  const whole = { status, fields: all, body: web.fileBytes(file) };
  if (status !== 200 || !reads(request)) return new Parts(whole);
  const known = request.headers.get("if-none-match");
  const isKnown = known !== null && names(known, web.fieldValue(fields, "etag"));
  if (isKnown || Date.parse(request.headers.get("if-modified-since")) >= Date.parse(modified)) {
    return new Parts({ status: 304, fields: all, body: null });
  }
  const sameAs = request.headers.get("if-range");
  const asked = sameAs === null || sameAs === modified ? request.headers.get("range") : null;
  const range = rangeOf(asked, whole.body.length);
  return new Parts(range === null ? whole : partial(whole, range, all));
}

const reads = ({ method }) => method === "GET" || method === "HEAD";

function withEtag({ fields, body }) {
  if (!body || body.length === 0 || web.fieldValue(fields, "etag") !== undefined) return fields;
  return [...fields, "etag", `"${web.etag(body)}"`];
}

/** Whether a list of tags names this one, by the weak comparison (RFC 9110, section 8.8.3.2). */
function names(list, tag) {
  if (tag === undefined) return false;
  const bare = (text) => text.trim().replace(/^W\//, "");
  return list.trim() === "*" || list.split(",").some((known) => bare(known) === bare(tag));
}
