// The ways to be the server: `Bun.serve(…)`, anywhere in the project, or the default export of its file.

import { app, use } from "./app.js";
import { console, web } from "./host.js";
import { server } from "./server.js";

const EXAMPLE = "export default { fetch(req) { return new Response(“Hello”); } }";
/** What a server's file calls its hono application. */
const APPLICATION = /\b(?:const|let|var)\s+([\w$]+)[^=;\n]*=\s*new\s+(?:Hono|OpenAPIHono)\b/;
const CALL = "what Bun.serve is given";

// What Bun.serve was given while the project loads: what a learner might wait for in vain is told once it has
// loaded, or it would stand above an error.
let untold = null;
let isLoaded = false;

/** `Bun.serve`: opens the server, and gives it. */
export function serve(definition) {
  if (typeof definition !== "object" || definition === null) {
    throw new TypeError("Bun.serve takes an object: Bun.serve({ fetch(req) { … } })");
  }
  if (app.isOpen) {
    throw new Error(
      "Bun.serve was called a second time, but a sandbox has one address and so one server. " +
        "Put the routes of both into one Bun.serve({ … })",
    );
  }
  if (!definition.fetch && !definition.routes && !definition.static) {
    throw new TypeError(
      "Bun.serve needs a fetch function or routes: " +
        "Bun.serve({ fetch(req) { return new Response(“Hello”); } })",
    );
  }
  use(definition, CALL);
  if (isLoaded) tellOf(definition);
  else untold = definition;
  return server;
}

/**
 * Takes what server.js exports by default as the server, unless `Bun.serve` has opened one. False when
 * there is none yet and something may still call `Bun.serve` (`waits`).
 */
export function adopt(definition, waits) {
  isLoaded = true;
  if (definition === server || (app.isOpen && typeof definition?.fetch !== "function")) {
    if (untold) tellOf(untold);
    untold = null;
    return true;
  }
  if (definition === undefined && waits) return false;
  if (app.isOpen) {
    throw new Error(
      `${web.serverFile()} calls Bun.serve and exports a second server by default, but a sandbox has one ` +
        "address and so one server. Remove one of the two",
    );
  }
  use(checked(definition), "the default export");
  tellOf(definition);
  return true;
}

/** What to write at the end of the server's file. */
function ending() {
  const [, application] = APPLICATION.exec(web.projectFiles.get(web.serverFile())) ?? [];
  return application ? `export default ${application}` : EXAMPLE;
}

function checked(definition) {
  const type = typeof definition;
  if (definition === undefined) {
    throw new TypeError(
      `${web.serverFile()} starts no server: it has no default export and does not call Bun.serve. ` +
        `End it with ${ending()}`,
    );
  }
  if (type !== "object" || definition === null) {
    const what = definition === null ? "null" : `a ${type}`;
    throw new TypeError(
      `${web.serverFile()} exports ${what} by default; export an object: ${EXAMPLE}`,
    );
  }
  if (typeof definition.fetch !== "function") {
    throw new TypeError(
      "The default export has no fetch function, and without one nothing is served; " +
        "add fetch(req) { return new Response(“Not found”, { status: 404 }); }",
    );
  }
  return definition;
}

/** Options that say where Bun listens: the host has settled that. */
const PLACES = ["port", "unix", "tls"];

/** Says what a learner might wait for in vain. */
function tellOf(definition) {
  const isSo = (name) => name === "port" && Number(definition.port) === server.port;
  const given = PLACES.filter((name) => definition[name] && !isSo(name));
  if (given.length === 0) return;
  const names = given.map((name) => (name === "port" ? `port ${definition.port}` : name));
  const [verb, those] = names.length > 1 ? ["have", names.join(" and ")] : ["has", names[0]];
  console.info(`${those} ${verb} no effect here: this server’s address is ${server.url.href}`);
}
