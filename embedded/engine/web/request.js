import { parseUrl } from "./host.js";
import { abort, AbortController, AbortSignal } from "./abort.js";
import { Body, recordOf, shareBody, takeBody } from "./body.js";
import { extract, sourceBytes, TEXT } from "./body-source.js";
import { CookieMap } from "./cookie-map.js";
import { shown, tag } from "./define.js";
import { defaultType, fieldsOf, fieldsWithout, fieldValue, headersOver } from "./headers.js";
import { ReadableStream } from "./streams.js";

const FROM_WIRE = Symbol("from the wire");
const METHOD = /^[!#$%&'*+\-.^_`|~0-9A-Za-z]+$/;
const UPPERCASE = /^(delete|get|head|options|patch|post|put)$/i;

/**
 * A Request that came over the wire: `asked` is `{method, url, fields, body, params}`, with the fields
 * of its headers, a body that is bytes or null, and `params` for a route only. What the learner wants
 * of it, its `headers`, `signal` and `cookies`, is made then, and is there as well from then on.
 */
export const requestFrom = (asked) => new Request(FROM_WIRE, asked);

/** What a Request was made from; undefined for anything else. */
export const askedOf = (value) => (value instanceof Request ? recordOf(value) : undefined);

/** Aborts the signal of what was asked, also when nobody has wanted to have it yet. */
export function abortAsked(asked, reason) {
  if (asked.signal) abort(asked.signal, reason);
  else asked.signal = AbortSignal.abort(reason);
}

/** https://fetch.spec.whatwg.org/#request-class, with Bun's `params` and `cookies`. */
export class Request extends Body {
  constructor(input, init = {}) {
    super(input === FROM_WIRE ? init : record(input, init));
  }

  get method() {
    return recordOf(this).method;
  }
  get url() {
    return recordOf(this).url;
  }
  get headers() {
    const asked = recordOf(this);
    return (asked.headers ??= headersOver(asked.fields));
  }
  get signal() {
    return (recordOf(this).signal ??= new AbortController().signal);
  }
  /** What the route's `:name` parts matched; undefined in `fetch`. */
  get params() {
    return recordOf(this).params;
  }
  /** Changes here become `Set-Cookie` of the response; undefined in `fetch`. */
  get cookies() {
    const asked = recordOf(this);
    if (!asked.params) return undefined;
    return (asked.cookies ??= new CookieMap(fieldValue(asked.fields, "cookie") ?? ""));
  }

  get cache() {
    return recordOf(this).init?.cache ?? "default";
  }
  get credentials() {
    return recordOf(this).init?.credentials ?? "include";
  }
  get destination() {
    return "";
  }
  get duplex() {
    return "half";
  }
  get integrity() {
    return recordOf(this).init?.integrity ?? "";
  }
  get keepalive() {
    return Boolean(recordOf(this).init?.keepalive);
  }
  get mode() {
    return recordOf(this).init?.mode ?? "cors";
  }
  get redirect() {
    return recordOf(this).init?.redirect ?? "follow";
  }
  get referrer() {
    return "";
  }
  get referrerPolicy() {
    return recordOf(this).init?.referrerPolicy ?? "";
  }

  [shown]() {
    const { method, url, headers } = this;
    return { method, url, headers };
  }

  clone() {
    const { method, url, headers, params, signal } = this;
    const twin = { method, url, fields: fieldsOf(headers), params, signal, body: shareBody(this) };
    return requestFrom(twin);
  }
}

tag(Request, "Request");

/**
 * What goes out of a Request that a learner has made: `{method, fields, body}`, the body null, bytes or a stream.
 * Bun does not say of text that it is text.
 */
export function requestParts(request) {
  const { method, fields, brought } = recordOf(request);
  const source = takeBody(request);
  const streams = source === null || source instanceof ReadableStream;
  const isPlain = brought === TEXT && fieldValue(fields, "content-type") === TEXT;
  return {
    method,
    fields: isPlain ? fieldsWithout(fields, "content-type") : fields.slice(),
    body: streams ? source : sourceBytes(source),
  };
}

/** What a Request is made of that a learner makes. */
function record(input, init) {
  const origin = input instanceof Request ? input : null;
  const own = init?.body === undefined || init.body === null ? null : extract(init.body);
  const body = own ? own.source : origin ? takeBody(origin) : null;
  const url = origin ? origin.url : checkedUrl(input);
  const name = init?.method === undefined ? (origin?.method ?? "GET") : method(init.method);
  const fields = fieldsOf(init?.headers ?? origin?.headers);
  if (own?.type) defaultType(fields, own.type);
  const all = { ...(origin && recordOf(origin).init), ...init, body: undefined };
  const signal = follow(init?.signal === undefined ? origin?.signal : init.signal);
  const brought = own ? own.type : origin && recordOf(origin).brought;
  return { method: name, url, fields, body, signal, init: all, brought };
}

function checkedUrl(input) {
  const url = parseUrl(String(input));
  if (!url) throw new TypeError(`Failed to construct 'Request': Invalid URL "${input}"`);
  return url.href;
}

function method(name) {
  const text = String(name);
  if (!METHOD.test(text)) throw new TypeError(`Invalid method: '${text}'`);
  return UPPERCASE.test(text) ? text.toUpperCase() : text;
}

function follow(signal) {
  if (signal === undefined || signal === null) return null;
  if (!(signal instanceof AbortSignal)) throw new TypeError("signal must be an AbortSignal");
  return AbortSignal.any([signal]);
}
