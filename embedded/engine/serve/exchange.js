import { app } from "./app.js";
import { faultPage } from "./fault-page.js";
import { projectFile } from "./files.js";
import { run, web, Response } from "./host.js";
import { deliver, respond } from "./respond.js";
import { server } from "./server.js";
import { Parts } from "./standing.js";

/** A request and what has become of it, by its number. */
const open = new Map();
/** The same by the learner's Request object. */
const byRequest = new WeakMap();

export const exchangeOf = (request) => byRequest.get(request);
export const pending = () => open.size;

/** The engine: a request came. */
export function request(id, asked) {
  const { method, url } = asked;
  const path = pathOf(url);
  const route = app.router(method, path);
  const request = web.requestFrom({ ...asked, params: route?.params });
  const state = { upgraded: false, answered: false, gone: false, failed: false, flow: null };
  const exchange = { id, request, asked, ...state };
  open.set(id, exchange);
  byRequest.set(request, exchange);
  settle(exchange, () => {
    if (route) return route.answer.call(app.definition, request, server);
    const file = projectFile(method, path);
    if (file) return file;
    if (!app.fetch) return new Response("Not found", { status: 404 });
    return app.fetch.call(app.definition, request, server);
  });
}

/** The engine: the client went away. */
export function gone(id) {
  const exchange = open.get(id);
  if (!exchange) return;
  finish(exchange);
  exchange.gone = true;
  web.abort(exchange.request);
  exchange.flow?.cancel(exchange.request.signal.reason);
}

/** Nothing more comes for this exchange. */
export function finish(exchange) {
  exchange.answered = true;
  open.delete(exchange.id);
}

/** Without a promise an answer leaves in the same turn, with none of the promise's cost. */
function settle(exchange, produce) {
  try {
    const answer = produce();
    if (typeof answer?.then !== "function") return send(exchange, answer);
    answer.then(
      (response) => send(exchange, response),
      (error) => fail(exchange, error),
    );
  } catch (error) {
    fail(exchange, error);
  }
}

function send(exchange, response) {
  // After an upgrade, or when nobody waits any more, an answer has nowhere to go.
  if (exchange.upgraded || exchange.gone) return finish(exchange);
  try {
    if (response instanceof Parts) return deliver(exchange, response);
    if (response instanceof Response) return respond(exchange, response);
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
    return settle(exchange, () => app.error.call(app.definition, error));
  }
  run.uncaught(error);
  if (exchange.upgraded || exchange.gone) finish(exchange);
  else respond(exchange, faultPage(error));
}

/** The path of an absolute URL, as it stands on the wire. */
function pathOf(url) {
  const from = url.indexOf("/", url.indexOf("//") + 2);
  return from < 0 ? "/" : /^[^?#]*/.exec(url.slice(from))[0];
}
