import { routerOf } from "./router.js";

/** What the learner exports, taken apart. One a Run; `server.reload` puts another in place. */
export const app = {
  definition: {},
  router: routerOf({}),
  fetch: undefined,
  error: undefined,
  websocket: undefined,
  idleTimeout: 10,
};

const EXAMPLE = "export default { fetch(req) { return new Response(“Hello”); } }";

/** Takes a default export as the server, or throws what is wrong with it in a sentence. */
export function use(definition) {
  const type = typeof definition;
  if (definition === undefined) {
    throw new TypeError(`server.js has no default export; end it with ${EXAMPLE}`);
  }
  if (type !== "object" || definition === null) {
    const what = definition === null ? "null" : `a ${type}`;
    throw new TypeError(`server.js exports ${what} by default; export an object: ${EXAMPLE}`);
  }
  const { fetch, error, websocket, idleTimeout } = definition;
  if (typeof fetch !== "function") {
    throw new TypeError(
      "The default export has no fetch function, and without one nothing is served; " +
        "add fetch(req) { return new Response(“Not found”, { status: 404 }); }",
    );
  }
  Object.assign(app, {
    definition,
    router: routerOf(routesOf(definition)),
    fetch,
    error: typeof error === "function" ? error : undefined,
    websocket: typeof websocket === "object" && websocket ? websocket : undefined,
    idleTimeout: typeof idleTimeout === "number" ? idleTimeout : 10,
  });
}

/** A hono application has `routes` of its own, an array that says something else. */
const routesOf = ({ routes }) => (routes && !Array.isArray(routes) ? routes : {});
