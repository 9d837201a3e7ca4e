// Lobby: every address of the site, and who answers it.
import { cataloguePage, goodPage } from "./catalogue.js";
import { chat, connect, deploy } from "./chat.js";
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
    "/deploy": { POST: deploy },
    "/style.css": new Response(Bun.file("style.css")),
    "/connection.js": new Response(Bun.file("connection.js")),
  },
  fetch(req) {
    return notFound(req, "There is no page at this address.");
  },
  websocket: chat,
};
