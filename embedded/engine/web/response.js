import { parseUrl } from "./host.js";
import { Body, recordOf, shareBody, takeBody } from "./body.js";
import { BYTES, extract, sourceBytes, TEXT } from "./body-source.js";
import { BunFile } from "./bun-file.js";
import { shown, tag } from "./define.js";
import { defaultType, fieldsOf, fieldsWithout, fieldValue, headersOver } from "./headers.js";
import { failureOf, ReadableStream } from "./streams.js";

const REDIRECTS = [301, 302, 303, 307, 308];
const WITHOUT_BODY = [101, 204, 205, 304];

/** https://fetch.spec.whatwg.org/#response-class, as forgiving as Bun's. */
export class Response extends Body {
  /**
   * Its record is `{body, status, fields, brought}` and, where there are any, `statusText`, `headers`
   * over the fields, and `wire`. The content type that the body brought along is `brought`, and
   * `wire` is the one that goes out where there is none.
   */
  constructor(body, init) {
    // Most bodies are strings, which are their own source.
    const made = typeof body === "string" ? null : extract(body);
    const brought = made ? made.type : body === "" ? undefined : TEXT;
    const record = { body: made ? made.source : body, status: 200, fields: null, brought };
    if (made?.wire) record.wire = made.wire;
    if (typeof init === "object" && init !== null) {
      const { status, statusText, headers } = init;
      if (status !== undefined) record.status = checkedStatus(status);
      if (statusText !== undefined) record.statusText = String(statusText);
      record.fields = fieldsOf(headers);
      if (brought) defaultType(record.fields, brought);
    } else if (init !== undefined && init !== null && typeof init !== "function") {
      throw new TypeError(
        `The second argument of Response is an object, such as { status: 404 }, not a ${typeof init}`,
      );
    } else record.fields = brought ? ["content-type", brought] : [];
    super(record);
  }

  static json(value, init) {
    const text = JSON.stringify(value);
    if (text === undefined) throw new TypeError("Value is not JSON serializable");
    const response = new Response(text, typeof init === "number" ? { status: init } : init);
    const own = fieldValue(fieldsOf(init?.headers), "content-type");
    if (own === undefined) response.headers.set("content-type", "application/json;charset=utf-8");
    return response;
  }

  /** A path stays as it is given, as in Bun: it needs no origin. */
  static redirect(url, init = 302) {
    const { status = 302, headers } = typeof init === "object" && init ? init : { status: init };
    if (!REDIRECTS.includes(Number(status))) {
      throw new RangeError(`Failed to execute 'redirect' on 'Response': Invalid status code`);
    }
    const response = new Response(null, { status, headers });
    response.headers.set("location", parseUrl(String(url))?.href ?? String(url));
    return response;
  }

  static error() {
    const response = new Response(null);
    recordOf(response).status = 0;
    return response;
  }

  get status() {
    return recordOf(this).status;
  }
  get statusText() {
    return recordOf(this).statusText ?? "";
  }
  get ok() {
    const { status } = recordOf(this);
    return status >= 200 && status < 300;
  }
  get headers() {
    const record = recordOf(this);
    return (record.headers ??= headersOver(record.fields));
  }
  get type() {
    return recordOf(this).status === 0 ? "error" : "default";
  }
  get url() {
    return recordOf(this).url ?? "";
  }
  get redirected() {
    return recordOf(this).redirected ?? false;
  }

  [shown]() {
    const { status, headers, bodyUsed } = this;
    return { status, headers, bodyUsed };
  }

  clone() {
    return twinOf(this, shareBody(this));
  }
}

tag(Response, "Response");

/** A Response with the same head over another body. */
function twinOf(response, source) {
  const twin = new Response(source);
  const { fields, ...rest } = recordOf(response);
  const { body } = recordOf(twin);
  const own = { body, fields: fields.slice(), headers: undefined, used: false };
  Object.assign(recordOf(twin), rest, own);
  return twin;
}

/** The same Response over what its body was rewritten to; a content type that the body brought along is left out. */
export function rewrittenOver(response, body) {
  const twin = twinOf(response, body);
  const record = recordOf(twin);
  if (record.brought) record.fields = withoutType(record.fields, record.brought);
  record.brought = undefined;
  record.wire = body.length > 0 ? BYTES : undefined;
  return twin;
}

/** A Response as `fetch` gives it: `{status, statusText, url, fields}` as they came, over a body. */
export function answered(head, body) {
  const response = new Response(body);
  Object.assign(recordOf(response), head, { brought: undefined, wire: undefined });
  return response;
}

/** Notes that a Response was found by way of others. */
export function redirected(response) {
  recordOf(response).redirected = true;
  return response;
}

/**
 * What goes on the wire: `{status, fields, body, file}`, the body null, a string, bytes, or a stream,
 * and the file that it is of; `cookies` are those that the request's code has set.
 */
export function responseParts(response, cookies) {
  const record = recordOf(response);
  const { status } = record;
  if (status === 0) throw new TypeError("Response.error() cannot be sent");
  const source = takeBody(response);
  const isEmpty = source === null || (status !== 200 && WITHOUT_BODY.includes(status));
  // Most are text without cookies, and are in this form already.
  if (!isEmpty && !cookies && typeof source === "string" && source === record.body) return record;
  const { brought, wire } = record;
  const fields = fieldsWithCookies(record.fields, cookies);
  if (isEmpty) {
    return { status, fields: brought ? withoutType(fields, brought) : fields, body: null };
  }
  const typed = wire && fieldValue(fields, "content-type") === undefined;
  const all = typed ? [...fields, "content-type", wire] : fields;
  return { status, fields: all, ...content(source) };
}

/** The same of a Response that stays as it is, text as bytes; null for a stream, and a file is not read yet. */
export function standingParts(response) {
  const source = shareBody(response);
  if (source instanceof ReadableStream) return null;
  const { status, fields } = recordOf(response);
  const head = { status, fields: fields.slice() };
  if (source instanceof BunFile) return { ...head, body: null, file: source };
  if (source === null || WITHOUT_BODY.includes(status)) return { ...head, body: null };
  return { ...head, body: sourceBytes(source) };
}

/** Fields, and those that set the cookies which the request's code has set, if any. */
export function fieldsWithCookies(fields, cookies) {
  if (!cookies) return fields;
  return [...fields, ...cookies.toSetCookieHeaders().flatMap((cookie) => ["set-cookie", cookie])];
}

/** Without the content type that a body brought along which is left out. */
function withoutType(fields, brought) {
  const own = fieldValue(fields, "content-type") !== brought;
  return own ? fields : fieldsWithout(fields, "content-type");
}

/** The body that goes on the wire for a source. */
function content(source) {
  if (source instanceof ReadableStream) for (const failure of failureOf(source)) throw failure;
  if (typeof source === "string" || source instanceof ReadableStream) return { body: source };
  const body = sourceBytes(source);
  return source instanceof BunFile ? { body, file: source } : { body };
}

function checkedStatus(status) {
  const number = Math.trunc(Number(status));
  if (number === 101 || (number >= 200 && number <= 599)) return number;
  throw new RangeError(`The status provided (${status}) must be 101 or in the range of [200, 599]`);
}
