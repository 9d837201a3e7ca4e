import { parseUrl } from "./host.js";
import { Body, shareBody, takeBody } from "./body.js";
import { extract, sourceBytes, TEXT } from "./body-source.js";
import { shown, tag } from "./define.js";
import { defaultType, headerList, Headers } from "./headers.js";
import { touchedCookies } from "./request.js";
import { ReadableStream } from "./streams.js";

const REDIRECTS = [301, 302, 303, 307, 308];
const WITHOUT_BODY = [101, 204, 205, 304];

/** What goes on the wire: `{status, headers, body}`, the body null, bytes, or a stream. */
export let responseParts;

/** https://fetch.spec.whatwg.org/#response-class, as forgiving as Bun's. */
export class Response extends Body {
  #status;
  #statusText;
  #headers;
  #type = "default";

  constructor(body, init) {
    const { source, type } = extract(body);
    super(source);
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
      const empty = source === null || WITHOUT_BODY.includes(response.#status);
      const streams = !empty && source instanceof ReadableStream;
      const body = empty ? null : streams ? source : sourceBytes(source);
      if (body && !streams && !response.#headers.has("content-type")) {
        headers.push([
          "content-type",
          typeof source === "string" ? TEXT : "application/octet-stream",
        ]);
      }
      return { status: response.#status, headers, body };
    };
  }
}

tag(Response, "Response");

function checkedStatus(status) {
  const number = Math.trunc(Number(status));
  if (number === 101 || (number >= 200 && number <= 599)) return number;
  throw new RangeError(`The status provided (${status}) must be 101 or in the range of [200, 599]`);
}
