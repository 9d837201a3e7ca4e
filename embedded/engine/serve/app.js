import { routerOf } from "./router.js";

// Bun's, where the learner says nothing: seconds, and bytes.
const IDLE = 10;
const SOCKET_IDLE = 120;
const LONGEST = 16 * 1024 * 1024;
const BACKPRESSURE = 16 * 1024 * 1024;

const TYPES = { function: "a function", object: "an object" };

/** What the learner's server is, taken apart. One a Run; `server.reload` puts other parts in place. */
export const app = {
  /** Whether there is a server: `Bun.serve` was called, or server.js exports one by default. */
  isOpen: false,
  /** `server.stop` was called, and nothing is answered any more. */
  isStopped: false,
  /** Called when a request or a socket is over, while `server.stop` waits for the last one. */
  whenOver: null,
  definition: {},
  router: routerOf({}),
  fetch: undefined,
  error: undefined,
  websocket: undefined,
  socketTerms: { longest: LONGEST, idle: SOCKET_IDLE, beats: false, waiting: BACKPRESSURE },
  idleTimeout: IDLE,
  /** The longest body of a request, in bytes; the engine's limit comes before. */
  longestBody: Infinity,
};

/**
 * Takes a definition, in the form of `Bun.serve`'s, as the server, or throws what is wrong with it in a
 * sentence. `what` is what the learner calls it.
 */
export function use(definition, what) {
  const { fetch, error, websocket, idleTimeout, maxRequestBodySize } = definition;
  Object.assign(app, {
    isOpen: true,
    isStopped: false,
    definition,
    router: routerOf(routesOf(definition)),
    fetch: optional("fetch", fetch, "function", what),
    error: optional("error", error, "function", what),
    websocket: optional("websocket", websocket, "object", what),
    socketTerms: {
      longest: whole(
        "websocket.maxPayloadLength",
        websocket?.maxPayloadLength,
        2 ** 32 - 1,
        LONGEST,
      ),
      idle: whole("websocket.idleTimeout", websocket?.idleTimeout, 960, SOCKET_IDLE),
      /** Whether pings and pongs are told at all: few servers listen to them. */
      beats: Boolean(websocket?.ping || websocket?.pong),
      waiting:
        whole(
          "websocket.backpressureLimit",
          websocket?.backpressureLimit,
          2 ** 32 - 1,
          BACKPRESSURE,
        ) || Infinity,
    },
    idleTimeout: whole("idleTimeout", idleTimeout, 255, IDLE),
    longestBody: whole("maxRequestBodySize", maxRequestBodySize, Infinity, Infinity),
  });
}

function optional(name, value, type, what) {
  if (value === undefined || value === null) return undefined;
  if (typeof value === type) return value;
  throw new TypeError(`“${name}” of ${what} must be ${TYPES[type]}`);
}

/** A limit as Bun takes it: a negative one is as good as none given. */
function whole(name, value, most, usual) {
  if (value === undefined || value === null) return usual;
  if (!Number.isInteger(value)) throw new TypeError(`“${name}” must be a whole number`);
  if (value > most) throw new TypeError(`“${name}” must be ${most} or less`);
  return value < 0 ? usual : value;
}

/** A hono application has `routes` of its own, an array that says something else. */
function routesOf({ routes, static: older }) {
  const own = routes && !Array.isArray(routes) ? routes : {};
  return older && typeof older === "object" ? { ...older, ...own } : own;
}
