import { app } from "./app.js";
import { faultPage } from "./fault-page.js";
import { projectFile } from "./files.js";
import { run, SafeMap, web, Response, URL } from "./host.js";
import { dropBody, incoming } from "./incoming.js";
import { deliver, respond } from "./respond.js";
import { server } from "./server.js";
import { Parts } from "./standing.js";
import { isPromised, whenCome } from "./waiting.js";
import { wireOf } from "./wire.js";

/**
 * Requests, and what has become of them, that wait for their answer or are in the middle of it, by
 * their numbers. An exchange is what the learner's Request is made of, so the Request's `params`,
 * `headers`, `signal` and `cookies` are there once there are any (web/request.js); `error`, `flow`
 * and `idleTimeout` come where they are needed. Nothing in it leads to the Request itself: what is
 * over is gone at once, and leaves no garbage to be searched for.
 */
const open = new SafeMap();

const STOPPED = "The server was stopped by server.stop(). Press Run to start it again.\n";

const PLAIN = ["content-type", "text/plain;charset=utf-8"];

export const isOpen = (exchange) => open.has(exchange.id);
export const pending = () => open.size;

/** What the learner's Request belongs to; undefined for one that did not come from a client. */
export function exchangeOf(request) {
  const asked = web.askedOf(request);
  return asked?.id === undefined ? undefined : asked;
}

/** Where the client is. */
export function clientOf({ client }) {
  const colon = client.lastIndexOf(":");
  return { address: client.slice(0, colon), port: Number(client.slice(colon + 1)) };
}

/** A path that a URL would spell in another way. Routes are matched as it stands, in Bun as well. */
const ROUNDABOUT = /\/(\.|%2e)|[\\"<>]/i;

/**
 * The engine: a request came. `path` is that of the URL, as it stands on the wire; `client` is an
 * address and a port with a colon between; `upgrade` says whether it asks for a WebSocket, and `more` whether
 * `body` is only its beginning.
 */
export function request(id, method, url, path, fields, body, client, upgrade, more) {
  const content = more ? incoming(id, body) : (body ?? null);
  const plain = ROUNDABOUT.test(path) ? new URL(url).href : url;
  begin({ id, method, url: plain, fields, body: content, client, upgrade }, path);
}

/** Answers what came from a client, or from the server itself. */
export function begin(exchange, path) {
  try {
    open.set(exchange.id, exchange);
    settle(exchange, answerTo(exchange, path));
  } catch (error) {
    fail(exchange, error);
  }
}

/** As in Bun, `this` is the server wherever the learner's code answers. */
function answerTo(exchange, path) {
  if (app.isStopped) return new Response(STOPPED, { status: 503 });
  if (exchange.body !== null && isTooLong(exchange)) return new Response(null, { status: 413 });
  const answer = app.router(exchange, path);
  const request = web.requestFrom(exchange);
  if (answer) return answer.call(server, request, server);
  const file = projectFile(exchange.method, path);
  if (file) return file;
  if (!app.fetch) return new Response(app.isOpen ? null : "Not found", { status: 404 });
  return app.fetch.call(server, request, server);
}

/** Whether it says that its body is longer than the server takes. */
const isTooLong = ({ fields }) =>
  Number(web.fieldValue(fields, "content-length")) > app.longestBody;

/** The engine: the client went away. */
export function gone(id) {
  const exchange = open.get(id);
  if (!exchange) return;
  finish(exchange);
  web.abort(exchange);
  exchange.flow?.cancel(exchange.signal.reason);
}

/** Nothing more comes for this exchange. */
export function finish(exchange) {
  open.delete(exchange.id);
  dropBody(exchange.id);
  app.whenOver?.();
}

/** Breaks off all that is under way; those that wait for an answer hear that there is none. */
export function endAll() {
  for (const exchange of [...open.values()]) {
    if (exchange.flow) {
      wireOf(exchange.id).end(exchange.id, true);
      gone(exchange.id);
    } else respond(exchange, new Response(STOPPED, { status: 503 }));
  }
}

/** Without a promise an answer leaves in the same turn, with none of the promise's cost. */
function settle(exchange, answer) {
  if (answer instanceof Response) return send(exchange, answer);
  if (!isPromised(answer)) return send(exchange, answer);
  whenCome(
    answer,
    (response) => send(exchange, response),
    (error) => fail(exchange, error),
  );
}

function send(exchange, response) {
  // After an upgrade, or when nobody waits any more, an answer has nowhere to go.
  if (!isOpen(exchange)) return;
  try {
    if (response instanceof Response) return respond(exchange, response);
    if (response instanceof Parts) return deliver(exchange, response);
    const what = typeof response === "string" ? "a string" : String(response);
    run.uncaught(new TypeError(`A Response was expected, but ${what} was returned`));
    if (exchange.failed) return respond(exchange, faultPage(exchange.error));
    respond(exchange, new Response(null, { status: 204 }));
  } catch (error) {
    fail(exchange, error);
  }
}

function fail(exchange, error) {
  if (app.error && !exchange.failed) {
    exchange.failed = true;
    exchange.error = error;
    try {
      return settle(exchange, app.error.call(server, error));
    } catch (another) {
      return fail(exchange, another);
    }
  }
  run.uncaught(error);
  if (isOpen(exchange)) respondFault(exchange, error);
}

/** Where what the page is made of was changed by the learner's code, the client hears that much. */
function respondFault(exchange, error) {
  try {
    respond(exchange, faultPage(error));
  } catch (another) {
    run.uncaught(another);
    wireOf(exchange.id).respond(exchange.id, 500, PLAIN, run.unshown);
    finish(exchange);
  }
}
