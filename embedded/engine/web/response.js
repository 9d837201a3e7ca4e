import { parseUrl } from "./host.js";
import { Body, shareBody, takeBody } from "./body.js";
import { extract, sourceBytes } from "./body-source.js";
import { BunFile } from "./bun-file.js";
import { shown, tag } from "./define.js";
import { defaultType, headerList, Headers } from "./headers.js";
import { touchedCookies } from "./request.js";
import { ReadableStream } from "./streams.js";

const REDIRECTS = [301, 302, 303, 307, 308];
const WITHOUT_BODY = [101, 204, 205, 304];

/**
 * What goes on the wire: `{status, headers, body, file}`, the body null, bytes, or a stream, and the
 * file that it is of.
 */
export let responseParts;
/** The same of a Response that stays as it is; null for a stream, and a file is not read yet. */
export let standingParts;

/** https://fetch.spec.whatwg.org/#response-class, as forgiving as Bun's. */
export class Response extends Body {
  #status;
  #statusText;
  #headers;
  #type = "default";
  /** The content type that the body brought along. */
  #brought;
  /** The content type that goes out where there is none. */
  #wire;

  constructor(body, init) {
    const { source, type, wire } = extract(body);
    super(source);
    this.#brought = type;
    this.#wire = wire;
    const { status, statusText = "", headers } = typeof init === "object" && init ? init : {};
    this.#status = status === undefined ? 200 : checkedStatus(status);
    this.#statusText = String(statusText);
    this.#headers = new Headers(headers);
    defaultType(this.#headers, type);
  }

  static json(value, init) {
    const text = JSON.stringify(value);
    if (text === undefined) throw new TypeError("Value is not JSON serializable");
    const response = new Response(text, typeof init === "number" ? { status: init } : init);
    const own = new Headers(init?.headers).has("content-type");
    if (!own) response.#headers.set("content-type", "application/json;charset=utf-8");
    return response;
  }

  /** A path stays as it is given, as in Bun: it needs no origin. */
  static redirect(url, init = 302) {
    const { status = 302, headers } = typeof init === "object" && init ? init : { status: init };
    if (!REDIRECTS.includes(Number(status))) {
      throw new RangeError(`Failed to execute 'redirect' on 'Response': Invalid status code`);
    }
    const response = new Response(null, { status, headers });
    response.#headers.set("location", parseUrl(String(url))?.href ?? String(url));
    return response;
  }

  static error() {
    const response = new Response(null);
    response.#type = "error";
    response.#status = 0;
    return response;
  }

  get status() {
    return this.#status;
  }
  get statusText() {
    return this.#statusText;
  }
  get ok() {
    return this.#status >= 200 && this.#status < 300;
  }
  get headers() {
    return this.#headers;
  }
  get type() {
    return this.#type;
  }
  get url() {
    return "";
  }
  get redirected() {
    return false;
  }

  [shown]() {
    const { status, headers, bodyUsed } = this;
    return { status, headers, bodyUsed };
  }

  clone() {
    const twin = new Response(shareBody(this));
    twin.#status = this.#status;
    twin.#statusText = this.#statusText;
    twin.#type = this.#type;
    twin.#brought = this.#brought;
    twin.#wire = this.#wire;
    twin.#headers = new Headers(this.#headers);
    return twin;
  }

  static {
    responseParts = (response, request) => {
      if (response.#status === 0) throw new TypeError("Response.error() cannot be sent");
      const source = takeBody(response);
      const headers = headerList(response.#headers);
      for (const cookie of (request && touchedCookies(request)?.toSetCookieHeaders()) ?? []) {
        headers.push(["set-cookie", cookie]);
      }
      const { body, file } = content(source, response.#status);
      if (body === null)
        return { status: response.#status, headers: response.#bare(headers), body };
      if (response.#wire && !response.#headers.has("content-type")) {
        headers.push(["content-type", response.#wire]);
      }
      return { status: response.#status, headers, body, file };
    };
    standingParts = (response) => {
      const source = shareBody(response);
      if (source instanceof ReadableStream) return null;
      const head = { status: response.#status, headers: headerList(response.#headers) };
      if (source instanceof BunFile) return { ...head, body: null, file: source };
      return { ...head, ...content(source, response.#status) };
    };
  }

  /** Without the content type of a body that is left out. */
  #bare(headers) {
    return headers.filter(([name, value]) => name !== "content-type" || value !== this.#brought);
  }
}

tag(Response, "Response");

/** The body that goes on the wire for a source. */
function content(source, status) {
  if (source === null || WITHOUT_BODY.includes(status)) return { body: null };
  if (source instanceof ReadableStream) return { body: source };
  const body = sourceBytes(source);
  return source instanceof BunFile ? { body, file: source } : { body };
}

function checkedStatus(status) {
  const number = Math.trunc(Number(status));
  if (number === 101 || (number >= 200 && number <= 599)) return number;
  throw new RangeError(`The status provided (${status}) must be 101 or in the range of [200, 599]`);
}
