// Lobby: every address of the site, and who answers it.
import { startBuild, watchBuild } from "./builds.js";
import { cataloguePage, goodPage } from "./catalogue.js";
import { chat, connect } from "./chat.js";
import { notFound } from "./layout.js";
import { unload } from "./market.js";
import { events } from "./notifications.js";

export default {
  routes: {
    "/": cataloguePage,
    "/catalogue": cataloguePage,
    "/catalogue/:slug": goodPage,
    "/events": events,
    "/events/:name": events,
    "/deliveries": { POST: unload },
    "/builds": { POST: startBuild },
    "/builds/:number": watchBuild,
    "/chat": connect,
    "/style.css": new Response(Bun.file("style.css")),
  },
  fetch(req) {
    return notFound(req, "There is no page at this address.");
  },
  websocket: chat,
};
