// Lobby: every address of the site, and who answers it.
import { cataloguePage, goodPage } from "./catalogue.js";
import { chat, connect } from "./chat.js";
import { notFound } from "./layout.js";
import { notifications } from "./notifications.js";
import "./market.js";
import "./builds.js";

export default {
  routes: {
    "/": cataloguePage,
    "/catalogue": cataloguePage,
    "/catalogue/:slug": goodPage,
    "/notifications": notifications,
    "/chat": connect,
    "/style.css": new Response(Bun.file("style.css")),
    "/chat.css": new Response(Bun.file("chat.css")),
    "/places.js": new Response(Bun.file("places.js")),
  },
  fetch(req) {
    return notFound(req, "There is no page at this address.");
  },
  websocket: chat,
};
