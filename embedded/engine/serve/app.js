import { routerOf } from "./router.js";

// Bun's, where the learner says nothing: seconds, and bytes.
const IDLE = 10;
const SOCKET_IDLE = 120;
const LONGEST = 16 * 1024 * 1024;

const TYPES = { function: "a function", object: "an object" };

/** What the learner exports, taken apart. One a Run; `server.reload` puts another in place. */
export const app = {
  definition: {},
  router: routerOf({}),
  fetch: undefined,
  error: undefined,
  websocket: undefined,
  socketTerms: { longest: LONGEST, idle: SOCKET_IDLE },
  idleTimeout: IDLE,
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
    error: optional("error", error, "function"),
    websocket: optional("websocket", websocket, "object"),
    socketTerms: {
      longest: whole(
        "websocket.maxPayloadLength",
        websocket?.maxPayloadLength,
        2 ** 32 - 1,
        LONGEST,
      ),
      idle: whole("websocket.idleTimeout", websocket?.idleTimeout, 960, SOCKET_IDLE),
    },
    idleTimeout: whole("idleTimeout", idleTimeout, 255, IDLE),
  });
}

function optional(name, value, type) {
  if (value === undefined || value === null) return undefined;
  if (typeof value === type) return value;
  throw new TypeError(`“${name}” of the default export must be ${TYPES[type]}`);
}

/** A limit as Bun takes it: a negative one is as good as none given. */
function whole(name, value, most, usual) {
  if (value === undefined || value === null) return usual;
  if (!Number.isInteger(value)) throw new TypeError(`“${name}” must be a whole number`);
  if (value > most) throw new TypeError(`“${name}” must be ${most} or less`);
  return value < 0 ? usual : value;
}

/** A hono application has `routes` of its own, an array that says something else. */
const routesOf = ({ routes }) => (routes && !Array.isArray(routes) ? routes : {});
