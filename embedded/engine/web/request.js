import { parseUrl } from "./host.js";
import { AbortController, AbortSignal } from "./abort.js";
import { Body, shareBody, takeBody } from "./body.js";
import { extract } from "./body-source.js";
import { CookieMap } from "./cookie-map.js";
import { shown, tag } from "./define.js";
import { defaultType, Headers, headersFrom } from "./headers.js";

const FROM_WIRE = Symbol("from the wire");
const METHOD = /^[!#$%&'*+\-.^_`|~0-9A-Za-z]+$/;
const UPPERCASE = /^(delete|get|head|options|patch|post|put)$/i;

/** A request that came over the wire; headers, cookies and signal are made when asked for. */
export let requestFrom;
/** Aborts a request's signal, also when nobody has asked for it yet. */
export let abortRequest;
/** The cookies of a request, when its code has looked at them. */
export let touchedCookies;

/** https://fetch.spec.whatwg.org/#request-class, with Bun's `params` and `cookies`. */
export class Request extends Body {
  #method = "GET";
  #url;
  #headers = null;
  /** Names and values, until they are wanted as Headers. */
  #list = [];
  #signal = null;
  #controller = null;
  #params;
  #cookies = null;
  #init = {};

  constructor(input, init = {}) {
    if (input === FROM_WIRE) {
      super(init.body ?? null);
      this.#method = init.method;
      this.#url = init.url;
      this.#list = init.headers;
      this.#params = init.params;
      this.#signal = init.signal ?? null;
      return;
    }
    const origin = input instanceof Request ? input : null;
    const own = init?.body === undefined || init.body === null ? null : extract(init.body);
    super(own ? own.source : origin ? takeBody(origin) : null);
    this.#url = origin ? origin.url : checkedUrl(input);
    this.#method = init?.method === undefined ? (origin?.method ?? "GET") : method(init.method);
    this.#headers = new Headers(init?.headers ?? origin?.headers);
    defaultType(this.#headers, own?.type);
    this.#init = { ...origin?.#init, ...init, body: undefined };
    this.#signal = follow(init?.signal === undefined ? origin?.signal : init.signal);
  }

  get method() {
    return this.#method;
  }
  get url() {
    return this.#url;
  }
  get headers() {
    this.#headers ??= headersFrom(this.#list);
    return this.#headers;
  }
  get signal() {
    if (!this.#signal) {
      this.#controller ??= new AbortController();
      this.#signal = this.#controller.signal;
    }
    return this.#signal;
  }
  /** What the route's `:name` parts matched; undefined in `fetch`. */
  get params() {
    return this.#params;
  }
  /** Changes here become `Set-Cookie` of the response; undefined in `fetch`. */
  get cookies() {
    if (!this.#params) return undefined;
    this.#cookies ??= new CookieMap(this.headers.get("cookie") ?? "");
    return this.#cookies;
  }

  get cache() {
    return this.#init.cache ?? "default";
  }
  get credentials() {
    return this.#init.credentials ?? "include";
  }
  get destination() {
    return "";
  }
  get duplex() {
    return "half";
  }
  get integrity() {
    return this.#init.integrity ?? "";
  }
  get keepalive() {
    return Boolean(this.#init.keepalive);
  }
  get mode() {
    return this.#init.mode ?? "cors";
  }
  get redirect() {
    return this.#init.redirect ?? "follow";
  }
  get referrer() {
    return "";
  }
  get referrerPolicy() {
    return this.#init.referrerPolicy ?? "";
  }

  [shown]() {
    const { method, url, headers } = this;
    return { method, url, headers };
  }

  clone() {
    const { method, url, params, signal } = this;
    const headers = [...this.headers];
    const twin = { method, url, headers, params, signal, body: shareBody(this) };
    return new Request(FROM_WIRE, twin);
  }

  static {
    requestFrom = (parts) => new Request(FROM_WIRE, parts);
    abortRequest = (request, reason) => {
      request.#controller ??= new AbortController();
      request.#controller.abort(reason);
    };
    touchedCookies = (request) => request.#cookies;
  }
}

tag(Request, "Request");

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
