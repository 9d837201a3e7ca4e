// What may differ between a sandbox and Bun. `row` is the row of embedded/engine/differences.json that
// says why. The other fields say where: `project` and `step` by their names, `at` as a path of what the step
// saw, `here` and `bun` as what each has; null means that it has none.

const BODY = /^(body|headers\.content-length)$/;
/** Statuses whose phrases are Bun's own, or nobody's. */
const UNUSUAL = /^(203|286|418|599) /;
const TEXT_TYPE = "text/plain;charset=utf-8";

export const differences = [
  {
    row: "The host’s headers",
    at: /^headers\.(content-security-policy|cross-origin-resource-policy|origin-agent-cluster|x-content-type-options|x-robots-tag)$/,
  },
  {
    row: "The host’s headers",
    project: "hono-guards",
    at: /^headers\.(cross-origin-opener-policy|strict-transport-security)$/,
    here: null,
  },
  {
    row: "The libraries under `/lib/`",
    project: /^files$|^lessons\//,
    step: /\/lib\//,
    at: /^headers\.(cache-control|vary|etag|content-type|last-modified)$/,
  },
  {
    row: "The page for an error that nobody caught",
    at: /^(body|headers\.content-(type|length))$/,
    here: /^(<!doctype html>\n<html lang="en">\n<meta charset="utf-8">\n<title>500 |text\/html;charset=utf-8$|\d+$)/,
    bun: /^(Something went wrong!|text\/plain|21)$/,
  },
  { row: "The words of the engine’s errors", project: "errors", step: "GET /null", at: BODY },
  { row: "The words of the engine’s errors", step: "POST /json (broken)", at: BODY },
  { row: "Reason phrases", at: "status", here: UNUSUAL, bun: UNUSUAL },
  {
    row: "The type of a text that went through a stream",
    project: /(^|\/)hono-/,
    at: "headers.content-type",
    here: TEXT_TYPE,
    bun: "application/octet-stream",
  },
  {
    row: "`serve` of `@hono/node-server`",
    project: "pasted/hono-node-server",
    step: "GET /",
    at: "headers.content-type",
    here: TEXT_TYPE,
    bun: "text/plain; charset=UTF-8",
  },
  { row: "HEAD", step: /^HEAD /, at: "headers.content-type", bun: null },
  { row: "The length of a stream that ends at once", at: "headers.content-length", here: null },
  {
    row: "The length of a stream that ends at once",
    step: "POST /echo",
    at: "headers.content-length",
    bun: null,
  },
  { row: "A client’s address", step: 'Ada says "address"', at: "payload" },
  { row: "Forms by the standard", project: "forms", step: /^POST \/form /, at: BODY },
  { row: "Requests and headers by the standard", project: "web", step: "GET /headers", at: BODY },
  { row: "Requests and headers by the standard", project: "web", step: "GET /request", at: BODY },
  { row: "Globals that `for in` does not show", project: "web", step: "GET /globals", at: BODY },
  { row: "The quota of random values", project: "crypto", step: "GET /refused", at: BODY },
];
