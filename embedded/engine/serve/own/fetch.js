// `fetch`, for this server's own addresses: as Bun's over the network, without one.

import { Request, URL, btoa, web } from "../host.js";
import { refusal } from "./address.js";
import { Answer } from "./answer.js";
import { dataResponse } from "./data-url.js";
import { isFull, place } from "./places.js";

const REDIRECTS = [301, 302, 303, 307, 308];
/** As the Fetch standard has it. */
const MOST_REDIRECTS = 20;

/** https://bun.com/docs/api/fetch */
export async function fetch(input, init = undefined) {
  if (arguments.length === 0) {
    throw coded("ERR_MISSING_ARGS", "fetch() expects a string but received no arguments.");
  }
  const given = addressed(input, init);
  if (given.url.protocol === "data:") return dataResponse(given.url);
  const request = new Request(...given.args);
  const { signal, redirect } = request;
  signal.throwIfAborted();
  return follow(outgoing(request, given.url), redirect, signal);
}

/** Bun's: a connection to be, which this server needs none of. */
fetch.preconnect = (input) => {
  const text = String(input?.url ?? input);
  if (!URL.canParse(text)) throw coded("ERR_INVALID_ARG_TYPE", "Invalid URL");
};

/** The URL, and what a Request is made of. */
function addressed(input, init) {
  const isOptions = typeof input === "object" && !(input instanceof URL) && input?.url;
  const text = String(isOptions ? input.url : (input ?? ""));
  if (text.trim() === "") throw coded("ERR_INVALID_URL", "fetch() URL must not be a blank string.");
  const url = URL.parse(text);
  if (!url) throw coded("ERR_INVALID_URL", notAnAddress(text));
  if (!["http:", "https:", "data:"].includes(url.protocol)) {
    throw coded("ERR_INVALID_ARG_VALUE", "protocol must be http:, https: or data:");
  }
  const isRequest = input instanceof Request;
  return { url, args: isOptions && !isRequest ? [text, { ...input, ...init }] : [input, init] };
}

/** In a page a path is enough. */
const notAnAddress = (text) =>
  text.startsWith("/")
    ? `fetch() URL is invalid: a server has no page that “${text}” belongs to; write new URL(“${text}”, server.url)`
    : "fetch() URL is invalid";

/** What goes to the server for a Request. */
function outgoing(request, url) {
  const { method, fields, body: content } = web.requestParts(request);
  const isBare = method === "GET" || method === "HEAD";
  const body = content?.length === 0 ? null : content;
  if (body !== null && isBare) {
    const message = "fetch() request with GET/HEAD method cannot have body.";
    throw coded("ERR_INVALID_ARG_VALUE", message);
  }
  return { method, url, fields: withDefaults(fields, url, isBare, body), body };
}

function withDefaults(fields, url, isBare, body) {
  const { username, password } = url;
  const streams = body !== null && !(body instanceof Uint8Array);
  const credentials = `${decodeURIComponent(username)}:${decodeURIComponent(password)}`;
  const defaults = {
    host: url.host,
    connection: "keep-alive",
    "user-agent": `Bun/${web.version}`,
    accept: "*/*",
    "accept-encoding": "gzip, deflate, br, zstd",
    authorization: username || password ? `Basic ${btoa(credentials)}` : undefined,
  };
  const all = withoutFraming(fields);
  for (const [name, value] of Object.entries(defaults)) {
    if (value !== undefined && web.fieldValue(all, name) === undefined) all.push(name, value);
  }
  if (streams) all.push("transfer-encoding", "chunked");
  else if (!isBare) all.push("content-length", String(body?.length ?? 0));
  return all;
}

const withoutFraming = (fields) =>
  web.fieldsWithout(web.fieldsWithout(fields, "content-length"), "transfer-encoding");

async function follow(asked, redirect, signal) {
  for (let hops = 0; ; hops += 1) {
    const response = await once(asked, signal);
    const to = response.headers.get("location");
    if (redirect === "manual" || to === null || !REDIRECTS.includes(response.status)) {
      return hops > 0 ? web.redirected(response) : response;
    }
    if (redirect === "error")
      throw redirectError("UnexpectedRedirect", ` fetching "${asked.url}"`, asked);
    if (hops === MOST_REDIRECTS) {
      throw redirectError("TooManyRedirects", ": The response redirected too many times", asked);
    }
    await response.body?.cancel();
    asked = redirected(asked, response.status, new URL(to, asked.url));
  }
}

/** One request and its answer, or why there is none. */
async function once(asked, signal) {
  const reason = refusal(asked.url);
  if (reason !== undefined) throw unreachable(asked.url, reason);
  while (isFull()) await place(signal);
  return new Answer(asked, signal).response;
}

/** What a redirection asks for: https://fetch.spec.whatwg.org/#http-redirect-fetch */
function redirected({ method, fields, body }, status, url) {
  const isGet = status === 303 ? method !== "HEAD" : status < 303 && method === "POST";
  const kept = web.fieldsWithout(fields, "host");
  kept.push("host", url.host);
  if (!isGet) return { method, url, fields: kept, body };
  const bare = web.fieldsWithout(withoutFraming(kept), "content-type");
  return { method: "GET", url, fields: bare, body: null };
}

function unreachable(url, reason) {
  const message = `fetch(${JSON.stringify(url.href)}) cannot work here: ${reason}`;
  return Object.assign(coded("ECONNREFUSED", message), { path: url.href, errno: 0 });
}

function redirectError(code, what, { url }) {
  return Object.assign(coded(code, `${code}${what}`), { path: url.href, errno: 0 });
}

const coded = (code, message) => Object.assign(new TypeError(message), { code });
