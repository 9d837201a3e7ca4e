// Turns the messages of `hxlab` into calls of the learner's server: the default export of
// the server's file, in the form that `Bun.serve` takes. The engine (src/engine/zygote/life.rs) calls what
// is exported here, one call a turn.
//
// Who answers a request, in this order:
// 1. `routes`, exact before `:param` before `*`; a route that does not know the method is passed by;
// 2. for GET and HEAD, a file of the project by its name, `/` being index.html; never the server's own;
// 3. `fetch`; without a server at all, 404.

export { project, start } from "./serve/start.js";
export { request, gone } from "./serve/exchange.js";
export { taken } from "./serve/flow.js";
export { bodyPiece, bodyEnd } from "./serve/incoming.js";
export { message, beat, closed, written } from "./serve/socket.js";
