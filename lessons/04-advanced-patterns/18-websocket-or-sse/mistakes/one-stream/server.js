// Lobby: every address of the site, and who answers it.
import { cataloguePage, goodPage } from "./catalogue.js";
import { chat, connect } from "./chat.js";
import { notFound } from "./layout.js";
import { connectNumbers, endBoth } from "./lines.js";
import { notifications } from "./notifications.js";
import { vote, votesStream } from "./votes.js";
import "./market.js";
import "./builds.js";

// A socket belongs to the part of the site that it was opened for.
const partOf = (ws) => ws.data.part ?? chat;

export default {
  routes: {
    "/": cataloguePage,
    "/catalogue": cataloguePage,
    "/catalogue/:slug": goodPage,
    "/notifications": notifications,
    "/chat": connect,
    "/numbers": connectNumbers,
    "/numbers/end": { POST: endBoth },
    "/votes": { POST: vote },
    "/votes/stream": votesStream,
    "/style.css": new Response(Bun.file("style.css")),
  },
  fetch(req) {
    return notFound(req, "There is no page at this address.");
  },
  websocket: {
    open: (ws) => partOf(ws).open(ws),
    message: (ws, text) => partOf(ws).message(ws, text),
    close: (ws) => partOf(ws).close(ws),
  },
};
